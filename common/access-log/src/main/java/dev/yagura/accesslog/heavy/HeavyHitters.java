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

  private final long[] none;
  private Evicted evicted = (object, counters) -> {};

  /**
   * An empty one.
   *
   * @param columns counters of an object
   * @param weights for each weight the columns whose sum it is
   * @param capacity objects at most, at least one; long ones count as several, see {@link
   *     ObjectTable#units}
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
    this.none = new long[weights.length];
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
    while (table.units() >= capacity) {
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
    double[] totals = totals();
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = score(row, totals);
    }
    keep(Eviction.survivors(scores, Math.max(1, rows / 4)));
  }

  /** Lets all other rows go. */
  private void keep(BitSet kept) {
    int rows = table.size();
    long[] known = errorsOf(rows);
    for (int row = kept.nextClearBit(0); row < rows; row = kept.nextClearBit(row + 1)) {
      for (int weight = 0; weight < weights.length; weight++) {
        bounds[weight] = Math.max(bounds[weight], counted(row, weight) + error(row, weight));
      }
      letGo(table.object(row), table.row(row));
    }
    int[] origins = table.retain(kept);
    for (int row = 0; row < origins.length; row++) {
      System.arraycopy(
          known, origins[row] * weights.length, known, row * weights.length, weights.length);
    }
  }

  private void letGo(byte[] object, long[] counters) {
    for (int column = 0; column < gone.length; column++) {
      gone[column] += counters[column];
    }
    evicted.row(object, counters);
  }

  /**
   * Adds what another one counted of the same weights; rows may move. Of all the rows of both those
   * that matter least go at once: one after another, each eviction would raise the bounds for the
   * next.
   */
  public void add(HeavyHitters other) {
    long[] before = bounds.clone();
    BitSet strangers = addKnown(other);
    for (int weight = 0; weight < weights.length; weight++) {
      doubtOutside(weight, other.bounds[weight]);
    }
    for (int column = 0; column < gone.length; column++) {
      gone[column] += other.gone[column];
    }
    for (int row : makeRoom(other, strangers, before).stream().toArray()) {
      byte[] object = other.table.object(row);
      int mine = table.findOrAdd(object);
      add(mine, other, row);
      for (int weight = 0; weight < weights.length; weight++) {
        doubt(mine, weight, before[weight]);
      }
    }
  }

  /** Adds to the rows that there are; gives the other one's rows for which there is none. */
  private BitSet addKnown(HeavyHitters other) {
    int known = table.size();
    var strangers = new BitSet();
    var seen = new BitSet();
    for (int row = 0; row < other.table.size(); row++) {
      int mine = table.find(other.table.object(row));
      if (mine >= 0) {
        seen.set(mine);
        add(mine, other, row);
      } else {
        strangers.set(row);
      }
    }
    for (int row = seen.nextClearBit(0); row < known; row = seen.nextClearBit(row + 1)) {
      for (int weight = 0; weight < weights.length; weight++) {
        doubt(row, weight, other.bounds[weight]);
      }
    }
    return strangers;
  }

  private void add(int mine, HeavyHitters other, int row) {
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

  /**
   * Lets rows of both go until all have room.
   *
   * @param strangers rows of the other one for which there is none here
   * @param before what each of those may have had here
   * @return the strangers that stay
   */
  private BitSet makeRoom(HeavyHitters other, BitSet strangers, long[] before) {
    int rows = table.size();
    int[] theirs = strangers.stream().toArray();
    long units = table.units();
    for (int row : theirs) {
      units += ObjectTable.units(other.table.object(row));
    }
    if (units <= capacity) {
      return strangers;
    }
    double[] totals = totals();
    for (int weight = 0; weight < weights.length; weight++) {
      for (int row : theirs) {
        totals[weight] += other.counted(row, weight);
      }
    }
    double[] scores = new double[rows + theirs.length];
    for (int row = 0; row < rows; row++) {
      scores[row] = score(row, totals);
    }
    for (int i = 0; i < theirs.length; i++) {
      scores[rows + i] = other.score(theirs[i], totals, before);
    }
    BitSet kept = Eviction.survivors(scores, excess(scores.length, units));
    keep(kept.get(0, rows));
    for (int i = 0; i < theirs.length; i++) {
      if (!kept.get(rows + i)) {
        int row = theirs[i];
        strangers.clear(row);
        for (int weight = 0; weight < weights.length; weight++) {
          long most = other.counted(row, weight) + other.error(row, weight) + before[weight];
          bounds[weight] = Math.max(bounds[weight], most);
        }
        letGo(other.table.object(row), other.table.row(row));
      }
    }
    return strangers;
  }

  /** How many rows have to go, if they are as long as the mean. */
  private int excess(int rows, long units) {
    return (int) Math.min(rows, rows - (long) rows * capacity / units);
  }

  /** Of each weight what was ever counted, at least 1. */
  private double[] totals() {
    double[] totals = new double[weights.length];
    for (int weight = 0; weight < weights.length; weight++) {
      for (int column : weights[weight]) {
        totals[weight] += total(column);
      }
      totals[weight] = Math.max(1, totals[weight]);
    }
    return totals;
  }

  private double score(int row, double[] totals) {
    return score(row, totals, none);
  }

  /** Its largest share of any weight, if it may have had so much more. */
  private double score(int row, double[] totals, long[] more) {
    double score = 0;
    for (int weight = 0; weight < weights.length; weight++) {
      double most = counted(row, weight) + error(row, weight) + more[weight];
      score = Math.max(score, most / totals[weight]);
    }
    return score;
  }
}
