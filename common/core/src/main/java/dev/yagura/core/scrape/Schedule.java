package dev.yagura.core.scrape;

import java.time.Duration;

/** When an upstream that is polled is to be asked again. */
@FunctionalInterface
public interface Schedule {
  /** The first repetition after a failure; each further one waits twice as long. */
  Duration FIRST_RETRY = Duration.ofSeconds(15);

  /**
   * How long to wait from now.
   *
   * @param failures in a row, the newest answer among them; 0 after a success
   */
  Duration untilNext(int failures);

  /** At an interval; after a failure sooner, but ever more rarely. */
  static Schedule every(Duration interval) {
    return failures -> failures == 0 ? interval : shorter(interval, retry(failures));
  }

  /** The wait after so many failures in a row, when there is no other reason to wait. */
  static Duration retry(int failures) {
    return FIRST_RETRY.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, 16));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
