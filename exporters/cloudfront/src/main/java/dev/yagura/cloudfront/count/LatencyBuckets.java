package dev.yagura.cloudfront.count;

import java.util.Arrays;

/** Times by bucket, for each result type by its number. */
public final class LatencyBuckets {
  private static final long[] BOUNDS = {
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    30_000_000,
    60_000_000
  };

  /** How many buckets there are, that without a bound included. */
  public static final int COUNT = BOUNDS.length + 1;

  private long[] counts = new long[0];
  private long[] micros = new long[0];

  /** The inclusive upper bounds in seconds, without the infinite one. */
  public static double[] upperBounds() {
    return Arrays.stream(BOUNDS).mapToDouble(bound -> bound / 1e6).toArray();
  }

  void observe(int type, long value) {
    if (type >= micros.length) {
      micros = Arrays.copyOf(micros, type + 8);
      counts = Arrays.copyOf(counts, micros.length * COUNT);
    }
    int bucket = 0;
    while (bucket < BOUNDS.length && value > BOUNDS[bucket]) {
      bucket++;
    }
    counts[type * COUNT + bucket]++;
    micros[type] += value;
  }

  /** Observations of a result type in one bucket alone. */
  public long count(int type, int bucket) {
    return type < micros.length ? counts[type * COUNT + bucket] : 0;
  }

  /** Sum of the observations of a result type in microseconds. */
  public long micros(int type) {
    return type < micros.length ? micros[type] : 0;
  }
}
