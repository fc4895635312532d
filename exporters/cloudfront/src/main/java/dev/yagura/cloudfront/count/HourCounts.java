package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.heavy.HeavyHitters;
import java.util.Arrays;

/** What one hour says: its totals, exact, and its objects. */
public final class HourCounts {
  private final long hour;
  private final HeavyHitters objects;

  /**
   * An hour without requests.
   *
   * @param hour since 1970, of UTC
   * @param capacity objects at most
   */
  public HourCounts(long hour, int capacity) {
    this.hour = hour;
    this.objects = objects(capacity);
  }

  /** Counters for at most so many objects, with the weights of {@link Order#WEIGHTS}. */
  public static HeavyHitters objects(int capacity) {
    int[][] weights =
        Order.WEIGHTS.stream()
            .map(order -> order.columns().stream().mapToInt(Column::index).toArray())
            .toArray(int[][]::new);
    return new HeavyHitters(Column.COUNT, weights, capacity);
  }

  /** Hours since 1970, of UTC. */
  public long hour() {
    return hour;
  }

  /** Of all objects, those that are not kept included. */
  public Counts total() {
    long[] totals = new long[Column.COUNT];
    Arrays.setAll(totals, objects::total);
    return Counts.of(totals);
  }

  /** Its objects, with the columns of {@link Column} and the weights of {@link Order#WEIGHTS}. */
  public HeavyHitters objects() {
    return objects;
  }
}
