package dev.yagura.testing.aws;

import java.util.Arrays;

/** The samples of a metric, by minute; each is seen from its own time on. */
final class Series {
  private static final int SMALLEST = 16;

  private long[] minutes = new long[SMALLEST];
  private double[] values = new double[SMALLEST];
  private long[] visible = new long[SMALLEST];
  private int size;

  /** Adds a sample: its minute and when it is seen first, both in seconds. */
  void add(long minute, double value, long visibleFrom) {
    if (size == minutes.length) {
      int larger = size + size / 2;
      minutes = Arrays.copyOf(minutes, larger);
      values = Arrays.copyOf(values, larger);
      visible = Arrays.copyOf(visible, larger);
    }
    int at = firstFrom(minute + 1);
    System.arraycopy(minutes, at, minutes, at + 1, size - at);
    System.arraycopy(values, at, values, at + 1, size - at);
    System.arraycopy(visible, at, visible, at + 1, size - at);
    minutes[at] = minute;
    values[at] = value;
    visible[at] = visibleFrom;
    size++;
  }

  /** The index of the first sample that is not before this second. */
  int firstFrom(long second) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (minutes[middle] < second) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int size() {
    return size;
  }

  long minute(int index) {
    return minutes[index];
  }

  double value(int index) {
    return values[index];
  }

  boolean isVisible(int index, long now) {
    return visible[index] <= now;
  }

  /** Whether a sample at or after this second can be seen. */
  boolean hasVisibleSince(long second, long now) {
    for (int i = size - 1; i >= 0 && minutes[i] >= second; i--) {
      if (isVisible(i, now)) {
        return true;
      }
    }
    return false;
  }

  /** Of all samples in {@code [from, to)}, seen or not. */
  double sum(long from, long to) {
    double sum = 0;
    for (int i = firstFrom(from); i < size && minutes[i] < to; i++) {
      sum += values[i];
    }
    return sum;
  }
}
