package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/** The checkpointer's work, from pg_stat_checkpointer, which PostgreSQL 17 brought. */
final class StatCheckpointerScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          17,
          """
          SELECT num_timed, num_requested, restartpoints_timed, restartpoints_req,
                 restartpoints_done, write_time, sync_time, buffers_written,
                 floor(extract(epoch FROM stats_reset)) AS stats_reset
            FROM pg_stat_checkpointer
          """);

  private static final List<Family<Row>> FAMILIES =
      List.of(
          counter("num_timed", "Checkpoints that were due by time"),
          counter("num_requested", "Checkpoints that were asked for"),
          counter(
              "restartpoints_timed",
              "Restartpoints that were due by time, or tried again after a failure"),
          counter("restartpoints_req", "Restartpoints that were asked for"),
          counter("restartpoints_done", "Restartpoints that were made"),
          counter(
              "write_time",
              "Time checkpoints and restartpoints took to write files, in milliseconds"),
          counter(
              "sync_time",
              "Time checkpoints and restartpoints took to sync files, in milliseconds"),
          counter("buffers_written", "Buffers written by checkpoints and restartpoints"),
          counter(
              "stats_reset",
              "When these statistics were last reset, in seconds since 1970, absent where they"
                  + " never were"));

  static final PgScraper STAT_CHECKPOINTER = SqlScraper.of("stat_checkpointer", SQL, FAMILIES);

  private StatCheckpointerScraper() {}

  private static Family<Row> counter(String column, String what) {
    return Columns.counter(
        "pg_stat_checkpointer_" + column + "_total",
        what + ", from " + column + " in pg_stat_checkpointer.",
        column);
  }
}
