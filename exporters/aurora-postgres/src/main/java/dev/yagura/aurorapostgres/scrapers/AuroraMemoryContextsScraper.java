package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;

/**
 * Memory of all backends by memory context, from {@code aurora_stat_memctx_usage()}: for versions
 * that cannot tell it by session yet, as listing every context of every backend is dear. The twenty
 * contexts that hold the most are told by name, all others together as {@code other}.
 */
final class AuroraMemoryContextsScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          WITH context AS (
            SELECT m.name::text AS name,
                   sum(m.instances) AS instances,
                   sum(m.allocated) AS allocated_bytes,
                   sum(m.used) AS used_bytes
              FROM aurora_stat_memctx_usage() m
             GROUP BY 1
          ), ranked AS (
            SELECT c.*,
                   row_number() OVER (ORDER BY c.allocated_bytes DESC NULLS LAST, c.name) AS place
              FROM context c
          )
          SELECT CASE WHEN place > 20 THEN 'other' ELSE name END AS context,
                 sum(instances) AS instances,
                 sum(allocated_bytes) AS allocated_bytes,
                 sum(used_bytes) AS used_bytes
            FROM ranked
           GROUP BY 1
           ORDER BY 1
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("context"),
          List.of(
              Columns.gauge(
                  "aurora_memory_context_instances",
                  "Memory contexts of this name in all backends, from instances of"
                      + " aurora_stat_memctx_usage().",
                  "instances"),
              Columns.gauge(
                  "aurora_memory_context_allocated_bytes",
                  "Memory allocated for contexts of this name in all backends, from allocated of"
                      + " aurora_stat_memctx_usage(), in bytes.",
                  "allocated_bytes"),
              Columns.gauge(
                  "aurora_memory_context_used_bytes",
                  "Memory used in contexts of this name in all backends, from used of"
                      + " aurora_stat_memctx_usage(), in bytes.",
                  "used_bytes")));

  private static final Requirement NO_BETTER_SOURCE =
      server -> {
        if (server.hasAurora("aurora_stat_resource_usage")) {
          throw new UnsupportedException("not needed: aurora_memory tells it by session here");
        }
      };

  static final PgScraper MEMORY_CONTEXTS =
      SqlScraper.of("aurora_memory_contexts", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_memctx_usage"))
          .requires(NO_BETTER_SOURCE);

  private AuroraMemoryContextsScraper() {}
}
