package dev.yagura.cloudwatch.sets;

import dev.yagura.core.config.Section;
import java.time.Duration;

/** CloudWatch's periods are whole minutes, and only those that divide a day are aligned to it. */
public final class WholeMinutes {
  private static final Duration DAY = Duration.ofDays(1);

  private WholeMinutes() {}

  /** The interval, with a complaint at this key where it is no period. */
  public static Duration check(Section section, String key, Duration interval) {
    long seconds = interval.toSeconds();
    if (interval.toMillis() % 60_000 != 0 || DAY.toSeconds() % Math.max(1, seconds) != 0) {
      section.problem(key, "must be whole minutes that divide a day, such as 60s, 300s, 1h");
    }
    return interval;
  }
}
