package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Size and use of the instance's tiered cache, from {@code aurora_stat_optimized_reads_cache()}.
 */
final class AuroraOptimizedReadsCacheScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT c.total_size AS total_bytes,
                 c.used_size AS used_bytes
            FROM aurora_stat_optimized_reads_cache() c
          """);

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gauge(
              "aurora_optimized_reads_cache_size_bytes",
              "Size of the optimized reads cache, from total_size of"
                  + " aurora_stat_optimized_reads_cache(), in bytes.",
              "total_bytes"),
          Columns.gauge(
              "aurora_optimized_reads_cache_used_bytes",
              "What is in use of the optimized reads cache, from used_size of"
                  + " aurora_stat_optimized_reads_cache(), in bytes.",
              "used_bytes"));

  static final PgScraper OPTIMIZED_READS_CACHE =
      SqlScraper.of("aurora_optimized_reads_cache", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_optimized_reads_cache"));

  private AuroraOptimizedReadsCacheScraper() {}
}
