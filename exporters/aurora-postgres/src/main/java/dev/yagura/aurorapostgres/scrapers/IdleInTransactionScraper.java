package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Sessions that hold a transaction open and do nothing, by application. A client chooses its
 * application's name, so only the 20 names that are idle longest are shown; the rest, with any
 * application that calls itself so, is {@code other}.
 */
final class IdleInTransactionScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          WITH idle AS MATERIALIZED (
            SELECT datname, application_name,
                   extract(epoch FROM clock_timestamp() - state_change) AS seconds
              FROM pg_stat_activity
             WHERE state IN ('idle in transaction', 'idle in transaction (aborted)')),
          shown AS (
            SELECT application_name
              FROM idle
             GROUP BY application_name
             ORDER BY max(seconds) DESC NULLS LAST, application_name
             LIMIT 20),
          named AS (
            SELECT i.datname, i.seconds,
                   CASE WHEN i.application_name IN (SELECT application_name FROM shown)
                        THEN i.application_name ELSE 'other' END AS application_name
              FROM idle i)
          SELECT datname::text AS datname,
                 application_name,
                 count(*) AS sessions,
                 (CASE WHEN max(seconds) < 0 THEN 0 ELSE max(seconds) END)::float8 AS longest
            FROM named
           GROUP BY datname, application_name
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname", "application_name"),
          List.of(
              Columns.gauge(
                  "pg_idle_in_transaction_sessions",
                  "Sessions idle in an open transaction, by database and application, from"
                      + " pg_stat_activity; the 20 applications idle longest, all others as other;"
                      + " absent where none is.",
                  "sessions"),
              Columns.gauge(
                  "pg_idle_in_transaction_longest_seconds",
                  "Longest time that a session of the application has been idle in its open"
                      + " transaction, in seconds, from state_change of pg_stat_activity.",
                  "longest")));

  static final PgScraper IDLE_IN_TRANSACTION = SqlScraper.of("idle_in_transaction", SQL, FAMILIES);

  private IdleInTransactionScraper() {}
}
