package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far the clusters and instances of a global database are behind its primary cluster, from
 * {@code aurora_global_db_status()} and {@code aurora_global_db_instance_status()}. The primary
 * says -1 and 1970 where it has no lag; both are left out, and so is a lag that was calculated more
 * than five minutes ago. An instance's name is its own within a region only, so both are labels.
 */
final class AuroraGlobalScraper implements PgScraper {
  private static final VersionedSql CLUSTERS_SQL =
      VersionedSql.since(
          13,
          """
          SELECT s.aws_region::text AS aws_region,
                 CASE WHEN s.durability_lag_in_msec = -1 THEN 'primary' ELSE 'secondary' END AS role,
                 CASE WHEN s.durability_lag_in_msec >= 0 AND c.is_current
                      THEN s.durability_lag_in_msec / 1e3 END AS durability_lag_seconds,
                 CASE WHEN s.rpo_lag_in_msec >= 0 AND c.is_current
                      THEN s.rpo_lag_in_msec / 1e3 END AS rpo_lag_seconds,
                 extract(epoch FROM a.age) AS calculation_age_seconds
            FROM aurora_global_db_status() s
           CROSS JOIN LATERAL (
                   SELECT CASE WHEN s.last_lag_calculation_time::timestamptz
                                    > timestamptz '1970-01-02 00:00:00+00'
                               THEN statement_timestamp()
                                    - s.last_lag_calculation_time::timestamptz END AS age) a
           CROSS JOIN LATERAL (
                   SELECT coalesce(a.age <= interval '300 s', true) AS is_current) c
           ORDER BY s.aws_region
          """);

  private static final VersionedSql INSTANCES_SQL =
      VersionedSql.since(
          13,
          """
          SELECT s.server_id::text AS server_id,
                 s.aws_region::text AS aws_region,
                 CASE WHEN s.visibility_lag_in_msec >= 0
                      THEN s.visibility_lag_in_msec / 1e3 END AS visibility_lag_seconds
            FROM aurora_global_db_instance_status() s
           ORDER BY s.aws_region, s.server_id
          """);

  private static final List<Family<Row>> ROLES =
      Family.labelled(
          Columns.labels("aws_region", "role"),
          List.of(
              Family.info(
                  "aurora_global_cluster_info",
                  "A cluster of the global database and its role, primary or secondary, from"
                      + " aurora_global_db_status().")));

  private static final List<Family<Row>> CLUSTERS =
      Family.labelled(
          Columns.labels("aws_region"),
          List.of(
              Columns.gauge(
                  "aurora_global_durability_lag_seconds",
                  "How far the storage of a secondary cluster is behind the primary's, from"
                      + " durability_lag_in_msec of aurora_global_db_status(), in seconds.",
                  "durability_lag_seconds"),
              Columns.gauge(
                  "aurora_global_rpo_lag_seconds",
                  "Commits that would be lost with the primary cluster, as time, from"
                      + " rpo_lag_in_msec of aurora_global_db_status(), in seconds.",
                  "rpo_lag_seconds"),
              Columns.gauge(
                  "aurora_global_lag_calculation_age_seconds",
                  "Time since the lag of the cluster was calculated, from last_lag_calculation_time"
                      + " of aurora_global_db_status(), in seconds.",
                  "calculation_age_seconds")));

  private static final List<Family<Row>> INSTANCES =
      Family.labelled(
          Columns.labels("server_id", "aws_region"),
          List.of(
              Columns.gauge(
                  "aurora_global_visibility_lag_seconds",
                  "How far what an instance shows is behind the writer, from"
                      + " visibility_lag_in_msec of aurora_global_db_instance_status(), in"
                      + " seconds; the writer has none.",
                  "visibility_lag_seconds")));

  private static final List<Requirement> REQUIREMENTS =
      List.of(
          Requirement.auroraFunction("aurora_global_db_status"),
          Requirement.auroraFunction("aurora_global_db_instance_status"));

  static final PgScraper GLOBAL = new AuroraGlobalScraper();

  private AuroraGlobalScraper() {}

  @Override
  public String name() {
    return "aurora_global";
  }

  @Override
  public List<? extends Family<?>> families() {
    return Stream.of(ROLES, CLUSTERS, INSTANCES).flatMap(List::stream).toList();
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    for (Requirement requirement : REQUIREMENTS) {
      requirement.check(session.server());
    }
    List<Row> clusters = session.query(CLUSTERS_SQL, deadline);
    return Snapshot.join(
        List.of(
            Snapshot.of(ROLES, clusters),
            Snapshot.of(CLUSTERS, clusters),
            Snapshot.of(INSTANCES, session.query(INSTANCES_SQL, deadline))));
  }
}
