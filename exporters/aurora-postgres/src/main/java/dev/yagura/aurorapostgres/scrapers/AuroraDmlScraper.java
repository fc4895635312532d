package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Statements that succeeded in each database of this instance, by kind, and their time, from {@code
 * aurora_stat_dml_activity(oid)}. A database that never counted any tells NULL, and has no sample.
 */
final class AuroraDmlScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT d.datname::text AS datname,
                 o.operation AS operation,
                 o.operations AS operations,
                 o.micros / 1e6 AS seconds
            FROM pg_database d
           CROSS JOIN LATERAL aurora_stat_dml_activity(d.oid) a
           CROSS JOIN LATERAL (
                   VALUES ('delete', a.delete_count, a.delete_latency_microsecs),
                          ('insert', a.insert_count, a.insert_latency_microsecs),
                          ('select', a.select_count, a.select_latency_microsecs),
                          ('update', a.update_count, a.update_latency_microsecs))
                 o (operation, operations, micros)
           ORDER BY d.datname, o.operation
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname", "operation"),
          List.of(
              Columns.counter(
                  "aurora_dml_operations_total",
                  "Statements that succeeded on this instance, by kind, from the counts of"
                      + " aurora_stat_dml_activity(). The readers' share of the reads is the rate of"
                      + " operation=\"select\" on readers divided by that on all members, roles as in"
                      + " aurora_replica_info.",
                  "operations"),
              Columns.counter(
                  "aurora_dml_seconds_total",
                  "Time that statements which succeeded on this instance took, by kind, from the"
                      + " latencies of aurora_stat_dml_activity(), in seconds.",
                  "seconds")));

  static final PgScraper DML =
      SqlScraper.of("aurora_dml", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_dml_activity"));

  private AuroraDmlScraper() {}
}
