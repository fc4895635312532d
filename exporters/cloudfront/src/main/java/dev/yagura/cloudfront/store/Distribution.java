package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.cloudfront.count.HourCounts;
import dev.yagura.cloudfront.count.Order;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** One distribution in memory. */
final class Distribution {
  private final long id;
  private final String name;
  private final Totals totals;
  private final TrackedObjects tracked;
  private final Members members;

  /** The members may have been chosen by other settings. */
  private boolean chooseFromAll = true;

  Distribution(
      long id, String name, Totals totals, TrackedObjects tracked, StoreSettings settings) {
    this.id = id;
    this.name = name;
    this.totals = totals;
    this.tracked = tracked;
    int[] rankings = settings.rankings().stream().mapToInt(Order.WEIGHTS::indexOf).toArray();
    this.members = new Members(settings.top(), rankings);
    tracked.halveEvery(settings.halfLife().toSeconds(), totals.newest() / 3600 * 3600);
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  Totals totals() {
    return totals;
  }

  TrackedObjects tracked() {
    return tracked;
  }

  /**
   * Adds a file and chooses the members anew.
   *
   * @param now in seconds since 1970
   * @return whether there are other members now
   */
  boolean add(FileCounts file, long now) {
    totals.add(file, now);
    // Those that were members until now: what is shown of a new one begins with what it has.
    totals.addOther(file.totals().minus(ofMembers(file)));
    // Before anything that is tracked may have to go.
    tracked.addEvicted(file.evicted());
    for (HourCounts hour : file.hours()) {
      tracked.add(hour, now);
    }
    boolean changed = members.choose(tracked.rows(), chooseFromAll) || chooseFromAll;
    chooseFromAll = false;
    return changed;
  }

  private Counts ofMembers(FileCounts file) {
    Counts sum = Counts.NONE;
    TrackedRows rows = tracked.rows();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.isMember(row)) {
        sum = sum.plus(of(rows.object(row), file.evicted()));
        for (HourCounts hour : file.hours()) {
          sum = sum.plus(of(rows.object(row), hour.objects().table()));
        }
      }
    }
    return sum;
  }

  private static Counts of(byte[] object, ObjectTable table) {
    int row = table.find(object);
    return row < 0 ? Counts.NONE : Counts.of(table.row(row));
  }

  /** What may be seen of it. */
  DistributionView view(long now) {
    TrackedRows rows = tracked.rows();
    Map<String, Counts> shown = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.isMember(row)) {
        shown.put(ObjectLabel.text(rows.object(row)), rows.counts(row));
      }
    }
    Map<Order, Double> bounds = new EnumMap<>(Order.class);
    long newest = Math.min(totals.newest(), now) / 3600 * 3600;
    for (int weight = 0; weight < TrackedRows.WEIGHTS; weight++) {
      bounds.put(Order.WEIGHTS.get(weight), tracked.bound(weight, newest));
    }
    return new DistributionView(
        totals.all(),
        totals.results(),
        totals.responseResults(),
        totals.timeTaken(),
        totals.firstByte(),
        shown,
        totals.other(),
        bounds,
        rows.size(),
        totals.logs());
  }
}
