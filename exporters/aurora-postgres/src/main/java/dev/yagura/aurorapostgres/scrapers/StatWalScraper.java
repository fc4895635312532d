package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * How much write-ahead log the server makes, from pg_stat_wal. PostgreSQL 18 moved its writes and
 * syncs to pg_stat_io, where the stat_io scraper shows them.
 */
final class StatWalScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
              14,
              """
              SELECT wal_records, wal_fpi, wal_bytes, wal_buffers_full, wal_write, wal_sync,
                     CASE WHEN timed OR wal_write_time > 0 THEN wal_write_time / 1000 END
                       AS write_seconds,
                     CASE WHEN timed OR wal_sync_time > 0 THEN wal_sync_time / 1000 END
                       AS sync_seconds
                FROM pg_stat_wal
               CROSS JOIN (SELECT current_setting('track_wal_io_timing')::bool AS timed) t
              """)
          .andSince(
              18, "SELECT wal_records, wal_fpi, wal_bytes, wal_buffers_full FROM pg_stat_wal");

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.counter(
              "pg_stat_wal_records_total",
              "WAL records made, from wal_records of pg_stat_wal.",
              "wal_records"),
          Columns.counter(
              "pg_stat_wal_full_page_images_total",
              "Whole pages written to the WAL, from wal_fpi of pg_stat_wal.",
              "wal_fpi"),
          Columns.counter(
              "pg_stat_wal_bytes_total",
              "Bytes of WAL made, from wal_bytes of pg_stat_wal.",
              "wal_bytes"),
          Columns.counter(
              "pg_stat_wal_buffers_full_total",
              "Times that WAL was written out as its buffers were full, from wal_buffers_full of"
                  + " pg_stat_wal.",
              "wal_buffers_full"),
          Columns.counterIfThere(
              "pg_stat_wal_writes_total",
              "Times that WAL buffers were written, from wal_write of pg_stat_wal; PostgreSQL 14 to"
                  + " 17.",
              "wal_write"),
          Columns.counterIfThere(
              "pg_stat_wal_syncs_total",
              "Times that WAL was synced to disk, from wal_sync of pg_stat_wal; PostgreSQL 14 to"
                  + " 17.",
              "wal_sync"),
          Columns.counterIfThere(
              "pg_stat_wal_write_seconds_total",
              "Seconds spent writing WAL buffers, from wal_write_time of pg_stat_wal; PostgreSQL 14"
                  + " to 17, absent where track_wal_io_timing is off and no time was taken.",
              "write_seconds"),
          Columns.counterIfThere(
              "pg_stat_wal_sync_seconds_total",
              "Seconds spent syncing WAL to disk, from wal_sync_time of pg_stat_wal; PostgreSQL 14"
                  + " to 17, absent where track_wal_io_timing is off and no time was taken.",
              "sync_seconds"));

  static final PgScraper STAT_WAL = SqlScraper.of("stat_wal", SQL, FAMILIES);

  private StatWalScraper() {}
}
