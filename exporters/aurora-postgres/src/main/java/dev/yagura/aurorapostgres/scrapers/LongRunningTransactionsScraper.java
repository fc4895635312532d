package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Every open transaction of other sessions that are not idle, from pg_stat_activity. The drop-in
 * knows no threshold: a transaction counts from its first moment.
 */
final class LongRunningTransactionsScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT count(*) AS transactions,
                 greatest(0, extract(epoch FROM max(clock_timestamp() - xact_start))) AS oldest_age
            FROM pg_stat_activity
           WHERE state IS DISTINCT FROM 'idle'
             AND query NOT LIKE 'autovacuum:%'
             AND xact_start IS NOT NULL
             AND pid <> pg_backend_pid()
          """);

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gauge(
              "pg_long_running_transactions",
              "Open transactions of sessions that are not idle, however young, from"
                  + " pg_stat_activity.",
              "transactions"),
          Columns.gauge(
              "pg_long_running_transactions_oldest_timestamp_seconds",
              "Age of the oldest open transaction in seconds, 0 where none is open, from xact_start"
                  + " in pg_stat_activity (an age, whatever the name says).",
              "oldest_age"));

  static final PgScraper LONG_RUNNING_TRANSACTIONS =
      SqlScraper.of("long_running_transactions", SQL, FAMILIES);

  private LongRunningTransactionsScraper() {}
}
