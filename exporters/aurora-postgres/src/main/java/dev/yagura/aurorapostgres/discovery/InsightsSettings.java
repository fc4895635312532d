package dev.yagura.aurorapostgres.discovery;

import dev.yagura.core.config.Section;
import java.time.Duration;

/**
 * The section {@code aurora_postgres.performance_insights}.
 *
 * @param topSql statements shown for each instance; the rest of the load is {@code other}
 * @param interval from one question to the next; each costs money, for each instance
 */
public record InsightsSettings(boolean enabled, int topSql, Duration interval) {
  /** As many as the API gives. */
  static final int MOST = 25;

  /** What holds without the section: nothing is asked. */
  public static final InsightsSettings OFF =
      new InsightsSettings(false, 10, Duration.ofSeconds(60));

  /** Reads the section. */
  public static InsightsSettings read(Section section) {
    return new InsightsSettings(
        section.flag("enabled", true),
        section.integer("top_sql", OFF.topSql(), 1, MOST),
        section.duration("interval", OFF.interval(), Duration.ofSeconds(60), Duration.ofHours(1)));
  }
}
