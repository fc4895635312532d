package dev.yagura.ecs.loadbalancers;

import dev.yagura.core.scrape.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** From one beginning to the next, for refreshes that take most of their interval. */
final class SteadySchedule {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private SteadySchedule() {}

  /**
   * Begins again this long after the last beginning; after a failure sooner, but ever more rarely.
   *
   * @param begun when the last refresh began
   */
  static Schedule every(Duration interval, Supplier<Instant> begun, Supplier<Instant> now) {
    return failures -> {
      Duration since = Duration.between(begun.get(), now.get());
      Duration rest = interval.minus(since);
      Duration next = rest.compareTo(LEAST) < 0 ? LEAST : rest;
      Duration retry = Schedule.retry(failures);
      return failures == 0 || next.compareTo(retry) < 0 ? next : retry;
    };
  }
}
