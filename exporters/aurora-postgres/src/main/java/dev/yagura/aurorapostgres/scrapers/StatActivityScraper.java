package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Sessions by database, state, user, application, kind and wait, from pg_stat_activity. Each state
 * of each database is there, at zero with empty labels where no session is in it, as dashboards of
 * postgres_exporter expect; background processes have no state and are not shown.
 */
final class StatActivityScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT d.datname::text AS datname,
                 s.state AS state,
                 a.usename AS usename,
                 a.application_name AS application_name,
                 a.backend_type AS backend_type,
                 a.wait_event_type AS wait_event_type,
                 a.wait_event AS wait_event,
                 coalesce(a.sessions, 0) AS sessions,
                 greatest(0, a.oldest_age) AS oldest_age
            FROM pg_database d
           CROSS JOIN (VALUES ('active'), ('idle'), ('idle in transaction'),
                              ('idle in transaction (aborted)'), ('fastpath function call'),
                              ('disabled')) s (state)
            LEFT JOIN (SELECT datid,
                              state,
                              coalesce(usename::text, '') AS usename,
                              coalesce(application_name, '') AS application_name,
                              coalesce(backend_type, '') AS backend_type,
                              coalesce(wait_event_type, '') AS wait_event_type,
                              coalesce(wait_event, '') AS wait_event,
                              count(*) AS sessions,
                              max(extract(epoch FROM now() - xact_start)) AS oldest_age
                         FROM pg_stat_activity
                        WHERE pid <> pg_backend_pid()
                        GROUP BY 1, 2, 3, 4, 5, 6, 7) a
              ON a.datid = d.oid AND a.state = s.state
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels(
              "datname",
              "state",
              "usename",
              "application_name",
              "backend_type",
              "wait_event_type",
              "wait_event"),
          List.of(
              Columns.gauge(
                  "pg_stat_activity_count",
                  "Sessions in this state, without the exporter's own, from pg_stat_activity.",
                  "sessions"),
              Columns.gauge(
                  "pg_stat_activity_max_tx_duration",
                  "Age of the oldest open transaction of these sessions in seconds, 0 where none is"
                      + " open, from xact_start in pg_stat_activity.",
                  "oldest_age")));

  static final PgScraper STAT_ACTIVITY = SqlScraper.of("stat_activity", SQL, FAMILIES);

  private StatActivityScraper() {}
}
