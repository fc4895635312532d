package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Memory and CPU by class of session, from {@code aurora_stat_resource_usage()} joined with {@code
 * pg_stat_activity}. The fifty classes that hold the most memory are told by name, all others
 * together as {@code other}.
 */
final class AuroraMemoryScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          WITH class AS (
            SELECT coalesce(a.backend_type, 'unknown') AS backend_type,
                   coalesce(a.usename::text, '') AS usename,
                   coalesce(a.datname::text, '') AS datname,
                   count(*) AS sessions,
                   sum(r.allocated_memory) AS allocated_bytes,
                   sum(r.used_memory) AS used_bytes,
                   sum(r.cpu_usage_percent) / 1e2 AS cpu_ratio
              FROM aurora_stat_resource_usage() r
              LEFT JOIN pg_stat_activity a ON a.pid = r.pid
             GROUP BY 1, 2, 3
          ), ranked AS (
            SELECT c.*,
                   row_number() OVER (ORDER BY c.allocated_bytes DESC NULLS LAST,
                                               c.backend_type, c.usename, c.datname) > 50 AS rest
              FROM class c
          )
          SELECT CASE WHEN rest THEN 'other' ELSE backend_type END AS backend_type,
                 CASE WHEN rest THEN 'other' ELSE usename END AS usename,
                 CASE WHEN rest THEN 'other' ELSE datname END AS datname,
                 sum(sessions) AS sessions,
                 sum(allocated_bytes) AS allocated_bytes,
                 sum(used_bytes) AS used_bytes,
                 sum(cpu_ratio) AS cpu_ratio
            FROM ranked
           GROUP BY 1, 2, 3
           ORDER BY 1, 2, 3
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("backend_type", "usename", "datname"),
          List.of(
              Columns.gauge(
                  "aurora_memory_sessions",
                  "Backends whose memory and CPU are summed up in this class, counted in"
                      + " aurora_stat_resource_usage().",
                  "sessions"),
              Columns.gauge(
                  "aurora_memory_allocated_bytes",
                  "Memory that the backends of this class have allocated, from allocated_memory of"
                      + " aurora_stat_resource_usage(), in bytes.",
                  "allocated_bytes"),
              Columns.gauge(
                  "aurora_memory_used_bytes",
                  "Memory that the backends of this class use of what they have allocated, from"
                      + " used_memory of aurora_stat_resource_usage(), in bytes.",
                  "used_bytes"),
              Columns.gauge(
                  "aurora_memory_cpu_ratio",
                  "CPU that the backends of this class use, added up, so that it can be above 1,"
                      + " from cpu_usage_percent of aurora_stat_resource_usage().",
                  "cpu_ratio")));

  static final PgScraper MEMORY =
      SqlScraper.of("aurora_memory", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_resource_usage"));

  private AuroraMemoryScraper() {}
}
