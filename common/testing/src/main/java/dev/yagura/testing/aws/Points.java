package dev.yagura.testing.aws;

import java.util.Arrays;

/** Buckets that have a value: where they begin, and the value. */
final class Points {
  private long[] seconds = new long[64];
  private double[] values = new double[64];
  private int size;

  /** The buckets of a period that begin in {@code [from, to)}, of what is seen now. */
  static Points of(Series series, long from, long to, int period, Statistic statistic, long now) {
    Points points = new Points();
    double[] bucket = new double[8];
    int i = series.firstFrom(-Math.floorDiv(-from, (long) period) * period);
    while (i < series.size()) {
      long start = Math.floorDiv(series.minute(i), period) * period;
      if (start >= to) {
        break;
      }
      int count = 0;
      for (; i < series.size() && series.minute(i) < start + period; i++) {
        if (series.isVisible(i, now)) {
          bucket = count == bucket.length ? Arrays.copyOf(bucket, count * 2) : bucket;
          bucket[count++] = series.value(i);
        }
      }
      if (count > 0) {
        points.add(start, statistic.of(bucket, count));
      }
    }
    return points;
  }

  private void add(long second, double value) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    seconds[size] = second;
    values[size++] = value;
  }

  /** The same from the newest to the oldest. */
  Points reversed() {
    Points other = new Points();
    for (int i = size - 1; i >= 0; i--) {
      other.add(seconds[i], values[i]);
    }
    return other;
  }

  /** The first of them, no more than this many. */
  Points first(int most) {
    size = Math.min(size, most);
    return this;
  }

  int size() {
    return size;
  }

  long second(int index) {
    return seconds[index];
  }

  double value(int index) {
    return values[index];
  }
}
