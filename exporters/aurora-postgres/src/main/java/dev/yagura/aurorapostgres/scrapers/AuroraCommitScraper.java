package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/** Time that commits took in each database, from {@code aurora_stat_get_db_commit_latency(oid)}. */
final class AuroraCommitScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT d.datname::text AS datname,
                 aurora_stat_get_db_commit_latency(d.oid) / 1e6 AS seconds
            FROM pg_database d
           ORDER BY d.datname
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.counter(
                  "aurora_commit_seconds_total",
                  "Time that commits on this instance took, from"
                      + " aurora_stat_get_db_commit_latency(), in seconds; divided by the rate of"
                      + " pg_stat_database_xact_commit it is the latency of one.",
                  "seconds")));

  static final PgScraper COMMIT =
      SqlScraper.of("aurora_commit", SQL, FAMILIES)
          .requires(Requirement.auroraFunction("aurora_stat_get_db_commit_latency"));

  private AuroraCommitScraper() {}
}
