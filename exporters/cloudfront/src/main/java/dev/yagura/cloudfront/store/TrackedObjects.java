package dev.yagura.cloudfront.store;

import static dev.yagura.cloudfront.store.TrackedRows.CHANGED;
import static dev.yagura.cloudfront.store.TrackedRows.SHOWN;
import static dev.yagura.cloudfront.store.TrackedRows.STORED;
import static dev.yagura.cloudfront.store.TrackedRows.WEIGHTS;

import dev.yagura.accesslog.heavy.Eviction;
import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.cloudfront.count.HourCounts;
import dev.yagura.cloudfront.count.Order;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The objects of one distribution with the largest shares of any weight, of requests that fade:
 * batched Space-Saving as in {@link HeavyHitters}. Counters are exact from when the object is
 * tracked; weights are never more than is true, and never less by more than the error. One thread
 * changes it; {@link #isTracked} may be asked by any.
 */
final class TrackedObjects {
  private static final int KEPT_AT_MOST = 10_000;
  private static final int HOUR = 3600;

  private int capacity;
  private Fading fading;
  private final TrackedRows rows = new TrackedRows();
  private final KeptObjects kept = new KeptObjects(KEPT_AT_MOST);

  /** For each weight that of all requests, faded as the rows are. */
  private final double[] totals = new double[WEIGHTS];

  private final double[] bounds = new double[WEIGHTS];
  private List<byte[]> removed = new ArrayList<>();

  TrackedObjects(int capacity, Fading fading) {
    this.capacity = capacity;
    this.fading = fading;
  }

  synchronized boolean isTracked(byte[] object) {
    return rows.find(object) >= 0;
  }

  TrackedRows rows() {
    return rows;
  }

  KeptObjects kept() {
    return kept;
  }

  Fading fading() {
    return fading;
  }

  /** Faded like the rows; the array is the real one. */
  double[] totals() {
    return totals;
  }

  /** What an object outside may have of each weight, faded like the rows; the real array. */
  double[] bounds() {
    return bounds;
  }

  /** What an object outside may have of a weight, faded to an instant in seconds since 1970. */
  double bound(int weight, long second) {
    return bounds[weight] == 0 ? 0 : bounds[weight] / fading.factor(second);
  }

  /** Objects that were stored and are neither tracked nor kept any more, since the last call. */
  List<byte[]> removals() {
    List<byte[]> all = removed;
    removed = new ArrayList<>();
    return all;
  }

  /**
   * Adds what an hour of a file says.
   *
   * @param now in seconds since 1970; what is later weighs as if it were now
   */
  synchronized void add(HourCounts hour, long now) {
    scale(fading.advance(now));
    double factor = fading.factor(Math.min(hour.hour() * HOUR, now / HOUR * HOUR));
    HeavyHitters more = hour.objects();
    for (int weight = 0; weight < WEIGHTS; weight++) {
      totals[weight] += Order.WEIGHTS.get(weight).of(hour.total()) * factor;
    }
    doubtThoseOutside(more, factor);
    // Those that are tracked come first: none of them goes before it has its share of this hour.
    var strangers = new BitSet();
    for (int row = 0; row < more.table().size(); row++) {
      int mine = rows.find(more.table().object(row));
      if (mine >= 0) {
        add(mine, more, row, factor);
      } else {
        strangers.set(row);
      }
    }
    for (int row = strangers.nextSetBit(0); row >= 0; row = strangers.nextSetBit(row + 1)) {
      add(track(more.table().object(row)), more, row, factor);
    }
    for (int weight = 0; weight < WEIGHTS; weight++) {
      bounds[weight] += more.bound(weight) * factor;
    }
  }

  /**
   * Adds what a file has let go of objects that are tracked: to their counters, for to their
   * weights it is in the errors already.
   */
  synchronized void addEvicted(ObjectTable evicted) {
    for (int row = 0; row < evicted.size(); row++) {
      int mine = rows.find(evicted.object(row));
      if (mine >= 0) {
        rows.count(mine, evicted.row(row));
        rows.set(mine, CHANGED);
      }
    }
  }

  /** From the next new object on there are at most so many, in {@link ObjectTable#units}. */
  synchronized void limit(int units) {
    capacity = units;
  }

  /** Lets weights fade at another pace from an instant on; what they are then stays. */
  synchronized void halveEvery(long halfLife, long second) {
    if (halfLife != fading.halfLife()) {
      long from = Math.max(second, fading.landmark());
      scale(1 / fading.factor(from));
      fading = new Fading(halfLife, from);
    }
  }

  private void scale(double factor) {
    if (factor == 1) {
      return;
    }
    rows.scale(factor);
    for (int weight = 0; weight < WEIGHTS; weight++) {
      totals[weight] *= factor;
      bounds[weight] *= factor;
    }
  }

  /** The file may have seen and forgotten any object of which it says nothing. */
  private void doubtThoseOutside(HeavyHitters more, double factor) {
    double[] doubts = new double[WEIGHTS];
    double any = 0;
    for (int weight = 0; weight < WEIGHTS; weight++) {
      doubts[weight] = more.bound(weight) * factor;
      any += doubts[weight];
    }
    if (any == 0) {
      return;
    }
    for (int row = 0; row < rows.size(); row++) {
      if (more.table().find(rows.object(row)) < 0) {
        for (int weight = 0; weight < WEIGHTS; weight++) {
          rows.doubt(row, weight, doubts[weight]);
        }
        rows.set(row, CHANGED);
      }
    }
  }

  private void add(int mine, HeavyHitters more, int row, double factor) {
    rows.count(mine, more.table().row(row));
    for (int weight = 0; weight < WEIGHTS; weight++) {
      rows.weigh(mine, weight, more.counted(row, weight) * factor);
      rows.doubt(mine, weight, more.error(row, weight) * factor);
    }
    rows.set(mine, CHANGED);
  }

  /** A row for an object that has none. */
  private int track(byte[] object) {
    while (rows.units() >= capacity && shrink()) {
      // A quarter at a time.
    }
    int row = rows.add(object);
    for (int weight = 0; weight < WEIGHTS; weight++) {
      rows.doubt(row, weight, bounds[weight]);
    }
    long[] before = kept.take(object);
    if (before != null) {
      rows.count(row, before);
      rows.set(row, SHOWN);
    }
    return row;
  }

  /** Whether any row could go. */
  private boolean shrink() {
    int size = rows.size();
    BitSet staying = Eviction.survivors(scores(), Math.max(1, size / 4));
    for (int row = staying.nextClearBit(0); row < size; row = staying.nextClearBit(row + 1)) {
      for (int weight = 0; weight < WEIGHTS; weight++) {
        bounds[weight] =
            Math.max(bounds[weight], rows.weight(row, weight) + rows.error(row, weight));
      }
      if (rows.is(row, SHOWN)) {
        removed.addAll(kept.keep(rows.object(row), rows.counts(row).toArray()));
      } else if (rows.is(row, STORED)) {
        removed.add(rows.object(row));
      }
    }
    rows.retain(staying);
    return rows.size() < size;
  }

  /** For each row its largest share of any weight. */
  private double[] scores() {
    double[] scores = new double[rows.size()];
    for (int row = 0; row < scores.length; row++) {
      double score = 0;
      for (int weight = 0; weight < WEIGHTS; weight++) {
        double most = rows.weight(row, weight) + rows.error(row, weight);
        score = totals[weight] > 0 ? Math.max(score, most / totals[weight]) : score;
      }
      scores[row] = rows.isMember(row) ? Double.POSITIVE_INFINITY : score;
    }
    return scores;
  }
}
