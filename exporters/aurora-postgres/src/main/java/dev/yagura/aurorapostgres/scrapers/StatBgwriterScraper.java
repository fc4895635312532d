package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * The background writer's work, and up to PostgreSQL 16 the checkpointer's, from pg_stat_bgwriter.
 * Newer servers tell of checkpoints in {@link StatCheckpointerScraper}.
 */
final class StatBgwriterScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
              13,
              """
              SELECT checkpoints_timed, checkpoints_req, checkpoint_write_time,
                     checkpoint_sync_time, buffers_checkpoint, buffers_clean, maxwritten_clean,
                     buffers_backend, buffers_backend_fsync, buffers_alloc,
                     floor(extract(epoch FROM stats_reset)) AS stats_reset
                FROM pg_stat_bgwriter
              """)
          .andSince(
              17,
              """
              SELECT buffers_clean, maxwritten_clean, buffers_alloc,
                     floor(extract(epoch FROM stats_reset)) AS stats_reset
                FROM pg_stat_bgwriter
              """);

  private static final List<Family<Row>> FAMILIES =
      List.of(
          beforePg17("checkpoints_timed", "Checkpoints that were due by time"),
          beforePg17("checkpoints_req", "Checkpoints that were asked for"),
          beforePg17(
              "checkpoint_write_time", "Time checkpoints took to write files, in milliseconds"),
          beforePg17(
              "checkpoint_sync_time", "Time checkpoints took to sync files, in milliseconds"),
          beforePg17("buffers_checkpoint", "Buffers written by checkpoints"),
          counter("buffers_clean", "Buffers written by the background writer"),
          counter(
              "maxwritten_clean",
              "Rounds the background writer ended early because it had written its share"),
          beforePg17("buffers_backend", "Buffers that sessions had to write themselves"),
          beforePg17("buffers_backend_fsync", "Files that sessions had to sync themselves"),
          counter("buffers_alloc", "Buffers allocated"),
          counter(
              "stats_reset",
              "When these statistics were last reset, in seconds since 1970, absent where they"
                  + " never were"));

  static final PgScraper STAT_BGWRITER = SqlScraper.of("stat_bgwriter", SQL, FAMILIES);

  private StatBgwriterScraper() {}

  private static Family<Row> counter(String column, String what) {
    return Columns.counter(name(column), help(column, what), column);
  }

  private static Family<Row> beforePg17(String column, String what) {
    return Columns.counterIfThere(
        name(column), help(column, what) + " Only up to PostgreSQL 16.", column);
  }

  private static String name(String column) {
    return "pg_stat_bgwriter_" + column + "_total";
  }

  private static String help(String column, String what) {
    return what + ", from " + column + " in pg_stat_bgwriter.";
  }
}
