package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * How well the cache serves each logical replication slot, from {@code
 * aurora_stat_logical_wal_cache()}; what misses it is read from Aurora's storage.
 */
final class AuroraLogicalWalCacheScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT c.name::text AS slot_name,
                 c.cache_hit AS hits,
                 c.cache_miss AS misses,
                 c.blks_read AS blocks_read,
                 extract(epoch FROM c.last_reset_timestamp::timestamptz) AS last_reset
            FROM aurora_stat_logical_wal_cache() c
           ORDER BY c.name
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("slot_name"),
          List.of(
              Columns.counter(
                  "aurora_logical_wal_cache_hits_total",
                  "Reads of the slot that the logical WAL cache answered, from cache_hit of"
                      + " aurora_stat_logical_wal_cache().",
                  "hits"),
              Columns.counter(
                  "aurora_logical_wal_cache_misses_total",
                  "Reads of the slot that the logical WAL cache could not answer, from cache_miss"
                      + " of aurora_stat_logical_wal_cache().",
                  "misses"),
              Columns.counter(
                  "aurora_logical_wal_cache_blocks_read_total",
                  "Reads of the slot that were asked of the logical WAL cache, from blks_read of"
                      + " aurora_stat_logical_wal_cache().",
                  "blocks_read"),
              Columns.gauge(
                  "aurora_logical_wal_cache_last_reset_timestamp_seconds",
                  "When the counters of the slot began anew, from last_reset_timestamp of"
                      + " aurora_stat_logical_wal_cache(), in seconds since 1970.",
                  "last_reset")));

  static final PgScraper LOGICAL_WAL_CACHE =
      SqlScraper.of("aurora_logical_wal_cache", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_logical_wal_cache"));

  private AuroraLogicalWalCacheScraper() {}
}
