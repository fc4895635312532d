package dev.yagura.accesslog.heavy;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Counters of at most so many objects, of which those with the largest shares of any of several
 * weights are kept: Space-Saving over several weights, with evictions in batches.
 *
 * <p>Whenever a new object finds no room, a quarter of the rows goes: those whose largest share of
 * any weight is smallest. What the largest of them had becomes the bound of that weight: no object
 * outside ever had more, and a new one is credited with as much, so that it is not the first to go.
 * For each object {@code counted <= true <= counted + error}; until the first eviction everything
 * is exact. {@code docs/decisions/0009} has the reasons and the proof.
 */
public final class HeavyHitters {
  private final int[][] weights;
  private final int capacity;
  private final ObjectTable table;

  /** For each weight what an object outside may have had at most. */
  private final long[] bounds;

  /** For each column what rows that went had. */
  private final long[] gone;

  /** For each row and weight what the object may have had before it was counted. */
  private long[] errors = new long[0];

  private Evicted evicted = (object, counters) -> {};

  /**
   * An empty one.
   *
   * @param columns counters of an object
   * @param weights for each weight the columns whose sum it is
   * @param capacity objects at most, at least one
   */
  public HeavyHitters(int columns, int[][] weights, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("there has to be room for one object");
    }
    this.weights = weights.clone();
    this.capacity = capacity;
    this.table = new ObjectTable(columns);
    this.bounds = new long[weights.length];
    this.gone = new long[columns];
  }

  /** Is told what rows had that go. */
  @FunctionalInterface
  public interface Evicted {
    /** An object and its counters, by column; both are the listener's to keep. */
    void row(byte[] object, long[] counters);
  }

  /** From now on tells this one of each row that goes. */
  public void onEviction(Evicted listener) {
    evicted = listener;
  }

  /** The rows; only {@link #row} may add one. */
  public ObjectTable table() {
    return table;
  }

  /** The row of these bytes, a new one if there was none; rows seen before may have moved then. */
  public int row(byte[] bytes, int from, int to) {
    int row = table.find(bytes, from, to);
    if (row >= 0) {
      return row;
    }
    if (table.size() >= capacity) {
      shrink();
    }
    row = table.findOrAdd(bytes, from, to);
    if (errors.length > 0) {
      System.arraycopy(bounds, 0, errorsOf(row), row * weights.length, weights.length);
    }
    return row;
  }

  /** The sum of a column over all that was ever counted, rows that went included: always exact. */
  public long total(int column) {
    long sum = gone[column];
    for (int row = 0; row < table.size(); row++) {
      sum += table.get(row, column);
    }
    return sum;
  }

  /** What is counted of a weight for a row: never more than is true. */
  public long counted(int row, int weight) {
    long sum = 0;
    for (int column : weights[weight]) {
      sum += table.get(row, column);
    }
    return sum;
  }

  /** How much more than counted may be true. */
  public long error(int row, int weight) {
    int at = row * weights.length + weight;
    return at < errors.length ? errors[at] : 0;
  }

  /** How much an object that has no row may have of a weight. */
  public long bound(int weight) {
    return bounds[weight];
  }

  /** Notes that a row may have had so much more of a weight than was counted. */
  public void doubt(int row, int weight, long more) {
    if (more > 0) {
      errorsOf(row)[row * weights.length + weight] += more;
    }
  }

  /** Notes that any object outside may have had so much more of a weight. */
  public void doubtOutside(int weight, long more) {
    if (more > 0) {
      bounds[weight] += more;
      errorsOf(table.size());
    }
  }

  private long[] errorsOf(int row) {
    int needed = (row + 1) * weights.length;
    if (errors.length < needed) {
      errors =
          Arrays.copyOf(errors, Math.max(needed, Math.min(capacity, 2 * row) * weights.length));
    }
    return errors;
  }

  /** Lets a quarter of the rows go, and at least one. */
  public void shrink() {
    int rows = table.size();
    BitSet kept = Eviction.survivors(scores(rows), Math.max(1, rows / 4));
    long[] known = errorsOf(rows);
    for (int row = kept.nextClearBit(0); row < rows; row = kept.nextClearBit(row + 1)) {
      for (int weight = 0; weight < weights.length; weight++) {
        bounds[weight] = Math.max(bounds[weight], counted(row, weight) + error(row, weight));
      }
      long[] counters = table.row(row);
      for (int column = 0; column < gone.length; column++) {
        gone[column] += counters[column];
      }
      evicted.row(table.object(row), counters);
    }
    int[] origins = table.retain(kept);
    for (int row = 0; row < origins.length; row++) {
      System.arraycopy(
          known, origins[row] * weights.length, known, row * weights.length, weights.length);
    }
  }

  /** Adds what another one counted of the same weights; rows may move. */
  public void add(HeavyHitters other) {
    int known = table.size();
    var seen = new BitSet();
    for (int row = 0; row < other.table.size(); row++) {
      byte[] object = other.table.object(row);
      int mine = table.find(object);
      if (mine >= 0) {
        seen.set(mine);
      }
    }
    for (int weight = 0; weight < weights.length; weight++) {
      for (int row = seen.nextClearBit(0); row < known; row = seen.nextClearBit(row + 1)) {
        doubt(row, weight, other.bounds[weight]);
      }
    }
    for (int row = 0; row < other.table.size(); row++) {
      byte[] object = other.table.object(row);
      int mine = row(object, 0, object.length);
      long[] counters = table.counters(mine);
      int offset = table.offset(mine);
      long[] more = other.table.row(row);
      for (int column = 0; column < more.length; column++) {
        counters[offset + column] += more[column];
      }
      for (int weight = 0; weight < weights.length; weight++) {
        doubt(mine, weight, other.error(row, weight));
      }
    }
    for (int column = 0; column < gone.length; column++) {
      gone[column] += other.gone[column];
    }
    for (int weight = 0; weight < weights.length; weight++) {
      doubtOutside(weight, other.bounds[weight]);
    }
  }

  /** For each row its largest share of any weight. */
  private double[] scores(int rows) {
    double[] totals = new double[weights.length];
    for (int weight = 0; weight < weights.length; weight++) {
      for (int column : weights[weight]) {
        totals[weight] += total(column);
      }
      totals[weight] = Math.max(1, totals[weight]);
    }
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      double score = 0;
      for (int weight = 0; weight < weights.length; weight++) {
        score = Math.max(score, (counted(row, weight) + error(row, weight)) / totals[weight]);
      }
      scores[row] = score;
    }
    return scores;
  }
}
