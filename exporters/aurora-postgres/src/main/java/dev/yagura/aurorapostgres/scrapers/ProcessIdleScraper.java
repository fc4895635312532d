package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Distribution;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * How long sessions have been idle, in a transaction or not, by application, from pg_stat_activity.
 * No idle session is no sample.
 */
final class ProcessIdleScraper {
  private static final double[] BOUNDS = {1, 2, 5, 15, 30, 60, 90, 120, 300};

  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT state,
                 coalesce(application_name, 'unknown') AS application_name,
                 count(*) FILTER (WHERE idle <= 1) AS le_1,
                 count(*) FILTER (WHERE idle <= 2) AS le_2,
                 count(*) FILTER (WHERE idle <= 5) AS le_5,
                 count(*) FILTER (WHERE idle <= 15) AS le_15,
                 count(*) FILTER (WHERE idle <= 30) AS le_30,
                 count(*) FILTER (WHERE idle <= 60) AS le_60,
                 count(*) FILTER (WHERE idle <= 90) AS le_90,
                 count(*) FILTER (WHERE idle <= 120) AS le_120,
                 count(*) FILTER (WHERE idle <= 300) AS le_300,
                 count(*) AS sessions,
                 sum(idle) AS total
            FROM (SELECT state,
                         application_name,
                         greatest(0, extract(epoch FROM now() - state_change)) AS idle
                    FROM pg_stat_activity
                   WHERE state ~ '^idle' AND state_change IS NOT NULL) sessions
           GROUP BY 1, 2
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("state", "application_name"),
          List.of(
              Family.histogram(
                  "pg_process_idle_seconds",
                  "Time since sessions that are idle last did something, in seconds, from"
                      + " state_change in pg_stat_activity (the sessions of now, not a count over"
                      + " time).",
                  ProcessIdleScraper::idle)));

  static final PgScraper PROCESS_IDLE = SqlScraper.of("process_idle", SQL, FAMILIES);

  private ProcessIdleScraper() {}

  private static Distribution idle(Row row) {
    long[] counts = new long[BOUNDS.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) row.number("le_" + (long) BOUNDS[i], 0);
    }
    return Distribution.histogram(
        BOUNDS, counts, (long) row.number("sessions", 0), row.number("total", 0));
  }
}
