package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Transactions, rows, blocks and conflicts of each database since its statistics were reset, from
 * pg_stat_database. The row of the shared relations belongs to no database and is not shown.
 */
final class StatDatabaseScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
              13,
              """
              SELECT datid::text AS datid, datname::text AS datname, numbackends, xact_commit,
                     xact_rollback, blks_read, blks_hit, tup_returned, tup_fetched, tup_inserted,
                     tup_updated, tup_deleted, conflicts, temp_files, temp_bytes, deadlocks,
                     blk_read_time, blk_write_time,
                     floor(extract(epoch FROM stats_reset)) AS stats_reset
                FROM pg_stat_database
               WHERE datname IS NOT NULL
              """)
          .andSince(
              14,
              """
              SELECT datid::text AS datid, datname::text AS datname, numbackends, xact_commit,
                     xact_rollback, blks_read, blks_hit, tup_returned, tup_fetched, tup_inserted,
                     tup_updated, tup_deleted, conflicts, temp_files, temp_bytes, deadlocks,
                     blk_read_time, blk_write_time,
                     floor(extract(epoch FROM stats_reset)) AS stats_reset,
                     active_time / 1000 AS active_seconds
                FROM pg_stat_database
               WHERE datname IS NOT NULL
              """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datid", "datname"),
          List.of(
              Columns.gauge(
                  "pg_stat_database_numbackends",
                  "Sessions connected to the database now, from numbackends in pg_stat_database.",
                  "numbackends"),
              counter("xact_commit", "Transactions committed"),
              counter("xact_rollback", "Transactions rolled back"),
              counter("blks_read", "Blocks read from outside the shared buffers"),
              counter("blks_hit", "Blocks found in the shared buffers"),
              counter("tup_returned", "Live rows that scans read"),
              counter("tup_fetched", "Live rows that index scans fetched"),
              counter("tup_inserted", "Rows inserted"),
              counter("tup_updated", "Rows updated"),
              counter("tup_deleted", "Rows deleted"),
              counter(
                  "conflicts", "Queries cancelled on a standby because replay needed them gone"),
              counter("temp_files", "Temporary files that queries made"),
              counter("temp_bytes", "Temporary file data that queries wrote, in bytes"),
              counter("deadlocks", "Deadlocks found"),
              counter(
                  "blk_read_time",
                  "Time spent reading blocks, in milliseconds, counted with track_io_timing"),
              counter(
                  "blk_write_time",
                  "Time spent writing blocks, in milliseconds, counted with track_io_timing"),
              counter(
                  "stats_reset",
                  "When these statistics were last reset, in seconds since 1970, absent where they"
                      + " never were"),
              Columns.counterIfThere(
                  "pg_stat_database_active_time_seconds_total",
                  "Time spent executing statements in seconds, from active_time in"
                      + " pg_stat_database, since PostgreSQL 14.",
                  "active_seconds")));

  static final PgScraper STAT_DATABASE = SqlScraper.of("stat_database", SQL, FAMILIES);

  private StatDatabaseScraper() {}

  private static Family<Row> counter(String column, String what) {
    return Columns.counter(
        "pg_stat_database_" + column, what + ", from " + column + " in pg_stat_database.", column);
  }
}
