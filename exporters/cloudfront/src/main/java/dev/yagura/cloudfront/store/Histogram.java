package dev.yagura.cloudfront.store;

import java.util.Arrays;
import java.util.List;

/**
 * Observations by bucket.
 *
 * @param buckets how many are in each bucket alone, the last one is that without a bound
 * @param sum of all in seconds
 */
public record Histogram(List<Long> buckets, double sum) {
  public Histogram {
    buckets = List.copyOf(buckets);
  }

  static Histogram of(long[] buckets, double sum) {
    return new Histogram(Arrays.stream(buckets).boxed().toList(), sum);
  }

  /** The bucket of a value among these inclusive upper bounds. */
  static int bucket(List<Long> bounds, long value) {
    int bucket = 0;
    while (bucket < bounds.size() && value > bounds.get(bucket)) {
      bucket++;
    }
    return bucket;
  }
}
