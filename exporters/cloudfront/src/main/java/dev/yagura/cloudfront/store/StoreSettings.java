package dev.yagura.cloudfront.store;

import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import java.time.Duration;
import java.util.List;

/**
 * What is counted by object, and how much of it.
 *
 * @param naming what the object of a request is called
 * @param top members of each ranking at most
 * @param rankings by which members are chosen: some of {@link Order#WEIGHTS}
 * @param maxObjects that are tracked for each distribution at most
 * @param hourObjects that an hour keeps at least, if it had as many; it keeps twice as many at most
 * @param halfLife after which a request weighs half as much in the rankings
 */
public record StoreSettings(
    ObjectNaming naming,
    int top,
    List<Order> rankings,
    int maxObjects,
    int hourObjects,
    Duration halfLife) {

  /** What holds where the configuration is silent. */
  public static final StoreSettings DEFAULT =
      new StoreSettings(
          ObjectNaming.PATH,
          50,
          List.of(Order.REQUESTS, Order.BYTES_FROM_MISSES, Order.MISSES, Order.ERRORS),
          100_000,
          1_000,
          Duration.ofHours(12));

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public StoreSettings {
    rankings = List.copyOf(rankings);
    for (Order ranking : rankings) {
      if (!Order.WEIGHTS.contains(ranking)) {
        throw new IllegalArgumentException(
            "a ranking must be one of "
                + String.join(", ", Order.WEIGHTS.stream().map(Order::label).toList())
                + ", not \""
                + ranking.label()
                + "\"");
      }
    }
    if (rankings.size() != rankings.stream().distinct().count()) {
      throw new IllegalArgumentException("a ranking is named twice");
    }
    if (top < 0) {
      throw new IllegalArgumentException("top must not be negative");
    }
    if (maxObjects < fewestObjects(top, rankings)) {
      throw new IllegalArgumentException(
          "max_objects must be at least 16 and four times as many as top in all rankings");
    }
    if (hourObjects < 4) {
      throw new IllegalArgumentException("an hour must keep at least 4 objects");
    }
    if (halfLife.toSeconds() < 60) {
      throw new IllegalArgumentException("the half-life must be at least one minute");
    }
  }

  /** With fewer objects for a distribution the members would leave no room for others. */
  int fewestObjects() {
    return (int) fewestObjects(top, rankings);
  }

  private static long fewestObjects(int top, List<Order> rankings) {
    return Math.max(16, 4L * top * rankings.size());
  }
}
