package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * The small caches of transaction states, multixacts and subtransactions, from pg_stat_slru: where
 * many subtransactions or shared row locks begin to hurt, their reads show it first.
 */
final class StatSlruScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT name, blks_zeroed, blks_hit, blks_read, blks_written, blks_exists, flushes,
                 truncates
            FROM pg_stat_slru
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("name"),
          List.of(
              counter("blocks_zeroed", "Blocks zeroed when they were set up", "blks_zeroed"),
              counter("blocks_hit", "Blocks found in the cache", "blks_hit"),
              counter("blocks_read", "Blocks read from disk", "blks_read"),
              counter("blocks_written", "Blocks written to disk", "blks_written"),
              counter("blocks_exists", "Blocks looked for, whether they exist", "blks_exists"),
              counter("flushes", "Times that dirty blocks were flushed", "flushes"),
              counter("truncates", "Times that old blocks were cut off", "truncates")));

  static final PgScraper STAT_SLRU = SqlScraper.of("stat_slru", SQL, FAMILIES);

  private StatSlruScraper() {}

  private static Family<Row> counter(String name, String what, String column) {
    return Columns.counter(
        "pg_stat_slru_" + name + "_total",
        what + ", by cache, from " + column + " of pg_stat_slru.",
        column);
  }
}
