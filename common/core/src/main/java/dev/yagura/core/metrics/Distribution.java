package dev.yagura.core.metrics;

/** What a histogram or a summary says of its observations. */
public final class Distribution {
  private final double[] upperBounds;
  private final long[] cumulativeCounts;
  private final long count;
  private final double sum;

  private Distribution(double[] upperBounds, long[] cumulativeCounts, long count, double sum) {
    if (upperBounds.length != cumulativeCounts.length) {
      throw new IllegalArgumentException("a count is needed for each bound");
    }
    this.upperBounds = upperBounds.clone();
    this.cumulativeCounts = cumulativeCounts.clone();
    this.count = count;
    this.sum = sum;
  }

  /**
   * Observations in buckets.
   *
   * @param upperBounds inclusive upper bounds, ascending, without the infinite one
   * @param cumulativeCounts observations at or below each bound, of the same length
   * @param count all observations
   * @param sum of all observations, in the family's unit
   */
  public static Distribution histogram(
      double[] upperBounds, long[] cumulativeCounts, long count, double sum) {
    return new Distribution(upperBounds, cumulativeCounts, count, sum);
  }

  /** Count and sum alone. */
  public static Distribution summary(long count, double sum) {
    return new Distribution(new double[0], new long[0], count, sum);
  }

  int buckets() {
    return upperBounds.length;
  }

  double upperBound(int bucket) {
    return upperBounds[bucket];
  }

  long cumulativeCount(int bucket) {
    return cumulativeCounts[bucket];
  }

  long count() {
    return count;
  }

  double sum() {
    return sum;
  }
}
