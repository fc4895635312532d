package dev.yagura.cloudfront.count;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One value for each {@link Column}; does not change. */
public final class Counts {
  /** Nothing was counted. */
  public static final Counts NONE = new Counts(new long[Column.COUNT]);

  private final long[] values;

  private Counts(long[] values) {
    this.values = values;
  }

  /**
   * A copy of these.
   *
   * @param values in the order of {@link Column#index}
   */
  public static Counts of(long... values) {
    if (values.length != Column.COUNT) {
      throw new IllegalArgumentException(values.length + " values for " + Column.COUNT);
    }
    return new Counts(values.clone());
  }

  public long get(Column column) {
    return values[column.index()];
  }

  /** Both together. */
  public Counts plus(Counts other) {
    long[] sum = values.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.values[i];
    }
    return new Counts(sum);
  }

  /** This without the other. */
  public Counts minus(Counts other) {
    long[] rest = values.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= other.values[i];
    }
    return new Counts(rest);
  }

  /** A copy, in the order of {@link Column#index}. */
  public long[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Counts that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
