package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * How the shared buffers are used, from pg_buffercache_summary() of the extension pg_buffercache.
 */
final class BuffercacheSummaryScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          16,
          """
          SELECT buffers_used, buffers_unused, buffers_dirty, buffers_pinned, usagecount_avg
            FROM @pg_buffercache@.pg_buffercache_summary()
          """);

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gauge(
              "pg_buffercache_summary_buffers_used",
              "Shared buffers that hold a page, from pg_buffercache_summary().",
              "buffers_used"),
          Columns.gauge(
              "pg_buffercache_summary_buffers_unused",
              "Shared buffers that hold nothing, from pg_buffercache_summary().",
              "buffers_unused"),
          Columns.gauge(
              "pg_buffercache_summary_buffers_dirty",
              "Shared buffers not written out yet, from pg_buffercache_summary().",
              "buffers_dirty"),
          Columns.gauge(
              "pg_buffercache_summary_buffers_pinned",
              "Shared buffers that someone holds on to, from pg_buffercache_summary().",
              "buffers_pinned"),
          Columns.gauge(
              "pg_buffercache_summary_usagecount_avg",
              "Mean usage count of the shared buffers that hold a page, absent where none does,"
                  + " from pg_buffercache_summary().",
              "usagecount_avg"));

  static final PgScraper BUFFERCACHE_SUMMARY = SqlScraper.of("buffercache_summary", SQL, FAMILIES);

  private BuffercacheSummaryScraper() {}
}
