package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import java.util.Arrays;
import java.util.BitSet;

/** The tracked objects, side by side with what is known of each; rows move in {@link #retain}. */
final class TrackedRows {
  static final int WEIGHTS = Order.WEIGHTS.size();

  /** Differs from what is stored. */
  static final int CHANGED = 1;

  /** Is stored as tracked. */
  static final int STORED = 2;

  /** Was a member once, so its counters must never go back. */
  static final int SHOWN = 4;

  private static final int FIRST_MEMBER = 8;

  private final ObjectTable table = new ObjectTable(Column.COUNT);
  private double[] weights = new double[0];
  private double[] errors = new double[0];
  private int[] flags = new int[0];

  int size() {
    return table.size();
  }

  /** As {@link ObjectTable#units}. */
  int units() {
    return table.units();
  }

  /** -1 if it is not tracked. */
  int find(byte[] object) {
    return table.find(object);
  }

  byte[] object(int row) {
    return table.object(row);
  }

  /** A row of zeros for an object that has none. */
  int add(byte[] object) {
    int row = table.findOrAdd(object);
    if (row >= flags.length) {
      int length = Math.max(256, row + row / 2 + 1);
      flags = Arrays.copyOf(flags, length);
      weights = Arrays.copyOf(weights, length * WEIGHTS);
      errors = Arrays.copyOf(errors, length * WEIGHTS);
    }
    flags[row] = 0;
    Arrays.fill(weights, row * WEIGHTS, (row + 1) * WEIGHTS, 0);
    Arrays.fill(errors, row * WEIGHTS, (row + 1) * WEIGHTS, 0);
    return row;
  }

  Counts counts(int row) {
    return Counts.of(table.row(row));
  }

  long count(int row, int column) {
    return table.get(row, column);
  }

  void count(int row, long[] more) {
    long[] counters = table.counters(row);
    int offset = table.offset(row);
    for (int column = 0; column < more.length; column++) {
      counters[offset + column] += more[column];
    }
  }

  double weight(int row, int weight) {
    return weights[row * WEIGHTS + weight];
  }

  void weigh(int row, int weight, double more) {
    weights[row * WEIGHTS + weight] += more;
  }

  double error(int row, int weight) {
    return errors[row * WEIGHTS + weight];
  }

  void doubt(int row, int weight, double more) {
    errors[row * WEIGHTS + weight] += more;
  }

  boolean is(int row, int flag) {
    return (flags[row] & flag) != 0;
  }

  void set(int row, int flag) {
    flags[row] |= flag;
  }

  void clear(int row, int flag) {
    flags[row] &= ~flag;
  }

  /** Whether it is a member of any ranking. */
  boolean isMember(int row) {
    return flags[row] >= FIRST_MEMBER;
  }

  /** The flag of the members of the ranking by this weight. */
  static int member(int weight) {
    return FIRST_MEMBER << weight;
  }

  /** Multiplies all weights and errors; every row changes. */
  void scale(double factor) {
    for (int i = 0; i < size() * WEIGHTS; i++) {
      weights[i] *= factor;
      errors[i] *= factor;
    }
    for (int row = 0; row < size(); row++) {
      set(row, CHANGED);
    }
  }

  /** Keeps these rows only, in their order. */
  void retain(BitSet kept) {
    int[] origins = table.retain(kept);
    for (int row = 0; row < origins.length; row++) {
      int origin = origins[row];
      flags[row] = flags[origin];
      System.arraycopy(weights, origin * WEIGHTS, weights, row * WEIGHTS, WEIGHTS);
      System.arraycopy(errors, origin * WEIGHTS, errors, row * WEIGHTS, WEIGHTS);
    }
  }
}
