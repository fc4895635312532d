package dev.yagura.aws.cloudwatch;

import java.time.Duration;
import java.time.Instant;

/**
 * Whole periods of one length, aligned as CloudWatch aligns them; all times in seconds since the
 * epoch.
 *
 * @param seconds the length of one
 * @param delay after which a period is published
 */
record Periods(long seconds, Duration delay) {

  /** The end of the newest period that can be complete now. */
  long newestEnd(Instant now) {
    return alignDown(now.getEpochSecond() - delay.toSeconds());
  }

  /** Time until the next period can be complete. */
  Duration untilNext(Instant now) {
    Instant next = Instant.ofEpochSecond(newestEnd(now) + seconds).plus(delay);
    return Duration.between(now, next);
  }

  long alignDown(long time) {
    return Math.floorDiv(time, seconds) * seconds;
  }

  long alignUp(long time) {
    return -Math.floorDiv(-time, seconds) * seconds;
  }
}
