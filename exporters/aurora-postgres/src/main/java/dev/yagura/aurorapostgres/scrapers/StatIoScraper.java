package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Who reads and writes what, and how, from pg_stat_io. Its labels are closed sets; combinations
 * that never did anything are left out, as most of them never will. Times stand at zero where
 * nobody takes them, so a zero is shown only while track_io_timing is on.
 */
final class StatIoScraper {
  private static final String SELECT_16 =
      """
      SELECT backend_type, object, context,
             reads, writes, writebacks, extends, hits, evictions, reuses, fsyncs,
             reads * op_bytes AS read_bytes,
             writes * op_bytes AS write_bytes,
             extends * op_bytes AS extend_bytes,
      """;

  private static final String SELECT_18 =
      """
      SELECT backend_type, object, context,
             reads, writes, writebacks, extends, hits, evictions, reuses, fsyncs,
             read_bytes, write_bytes, extend_bytes,
      """;

  private static final String REST =
      """
             CASE WHEN timed OR read_time > 0 THEN read_time / 1000 END AS read_seconds,
             CASE WHEN timed OR write_time > 0 THEN write_time / 1000 END AS write_seconds,
             CASE WHEN timed OR writeback_time > 0 THEN writeback_time / 1000 END
               AS writeback_seconds,
             CASE WHEN timed OR extend_time > 0 THEN extend_time / 1000 END AS extend_seconds,
             CASE WHEN timed OR fsync_time > 0 THEN fsync_time / 1000 END AS fsync_seconds
        FROM pg_stat_io
       CROSS JOIN LATERAL (
         SELECT CASE object WHEN 'wal' THEN current_setting('track_wal_io_timing')
                            ELSE current_setting('track_io_timing') END::bool AS timed) t
       WHERE coalesce(reads, 0) + coalesce(writes, 0) + coalesce(writebacks, 0)
             + coalesce(extends, 0) + coalesce(hits, 0) + coalesce(evictions, 0)
             + coalesce(reuses, 0) + coalesce(fsyncs, 0) > 0
      """;

  private static final VersionedSql SQL =
      VersionedSql.since(16, SELECT_16 + REST).andSince(18, SELECT_18 + REST);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("backend_type", "object", "context"),
          List.of(
              operations("reads", "Read operations"),
              operations("writes", "Write operations"),
              operations("writebacks", "Requests to the kernel to write blocks back, in blocks"),
              operations("extends", "Operations that made a relation longer"),
              operations("hits", "Blocks found in shared buffers"),
              operations("evictions", "Blocks written out of a buffer to use it for another"),
              operations("reuses", "Buffers of a ring used again"),
              operations("fsyncs", "Calls of fsync"),
              bytes("read", "Bytes read"),
              bytes("write", "Bytes written"),
              bytes("extend", "Bytes that relations were made longer by"),
              seconds("read", "reading"),
              seconds("write", "writing"),
              seconds("writeback", "asking the kernel to write back"),
              seconds("extend", "making relations longer"),
              seconds("fsync", "calls of fsync")));

  static final PgScraper STAT_IO = SqlScraper.of("stat_io", SQL, FAMILIES);

  private StatIoScraper() {}

  private static Family<Row> operations(String column, String what) {
    return Columns.counter(
        "pg_stat_io_" + column + "_total",
        what + ", by kind of process, object and context, from " + column + " of pg_stat_io.",
        column);
  }

  private static Family<Row> bytes(String operation, String what) {
    return Columns.counter(
        "pg_stat_io_" + operation + "_bytes_total",
        what
            + ", from "
            + operation
            + "_bytes of pg_stat_io; before PostgreSQL 18 operations times op_bytes.",
        operation + "_bytes");
  }

  private static Family<Row> seconds(String operation, String what) {
    return Columns.counter(
        "pg_stat_io_" + operation + "_seconds_total",
        "Seconds spent "
            + what
            + ", from "
            + operation
            + "_time of pg_stat_io; absent where track_io_timing (for WAL track_wal_io_timing) is"
            + " off and no time was taken.",
        operation + "_seconds");
  }
}
