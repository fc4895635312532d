package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Where the blocks of each database were read from: Aurora's storage, the optimized reads cache, or
 * a local file; from {@code aurora_stat_database()}. While track_io_timing is off nothing is timed,
 * and a time of zero is not shown.
 */
final class AuroraStatDatabaseScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT s.datname::text AS datname,
                 s.storage_blks_read AS storage_blocks,
                 s.orcache_blks_hit AS orcache_blocks,
                 s.local_blks_read AS local_blocks,
                 CASE WHEN t.timed OR s.storage_blk_read_time > 0
                      THEN s.storage_blk_read_time / 1e3 END AS storage_seconds,
                 CASE WHEN t.timed OR s.orcache_blk_read_time > 0
                      THEN s.orcache_blk_read_time / 1e3 END AS orcache_seconds,
                 CASE WHEN t.timed OR s.local_blk_read_time > 0
                      THEN s.local_blk_read_time / 1e3 END AS local_seconds
            FROM aurora_stat_database() s
           CROSS JOIN (SELECT current_setting('track_io_timing')::boolean AS timed) t
           WHERE s.datname IS NOT NULL
           ORDER BY s.datname
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.counter(
                  "aurora_stat_database_storage_blocks_read_total",
                  "Blocks read from Aurora's storage, from storage_blks_read of"
                      + " aurora_stat_database().",
                  "storage_blocks"),
              Columns.counter(
                  "aurora_stat_database_orcache_blocks_hit_total",
                  "Blocks found in the optimized reads cache, from orcache_blks_hit of"
                      + " aurora_stat_database().",
                  "orcache_blocks"),
              Columns.counter(
                  "aurora_stat_database_local_blocks_read_total",
                  "Blocks read from local files, from local_blks_read of aurora_stat_database().",
                  "local_blocks"),
              Columns.counter(
                  "aurora_stat_database_storage_read_seconds_total",
                  "Time spent reading from Aurora's storage, from storage_blk_read_time of"
                      + " aurora_stat_database(), in seconds; needs track_io_timing.",
                  "storage_seconds"),
              Columns.counter(
                  "aurora_stat_database_orcache_read_seconds_total",
                  "Time spent reading from the optimized reads cache, from orcache_blk_read_time of"
                      + " aurora_stat_database(), in seconds; needs track_io_timing.",
                  "orcache_seconds"),
              Columns.counter(
                  "aurora_stat_database_local_read_seconds_total",
                  "Time spent reading from local files, from local_blk_read_time of"
                      + " aurora_stat_database(), in seconds; needs track_io_timing.",
                  "local_seconds")));

  static final PgScraper STAT_DATABASE =
      SqlScraper.of("aurora_stat_database", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_database"));

  private AuroraStatDatabaseScraper() {}
}
