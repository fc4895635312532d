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

/**
 * The version of Aurora, from {@code aurora_version()}, and which instance this is, where {@code
 * aurora_db_instance_identifier()} exists. That label is named as in the families of the cluster's
 * members, so that a query finds the role of the instance it looks at.
 */
final class AuroraVersionScraper implements PgScraper {
  private static final VersionedSql VERSION =
      VersionedSql.since(13, "SELECT aurora_version()::text AS version, '' AS server_id");

  private static final VersionedSql VERSION_AND_INSTANCE =
      VersionedSql.since(
          13,
          """
          SELECT aurora_version()::text AS version,
                 aurora_db_instance_identifier()::text AS server_id
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("version", "server_id"),
          List.of(
              Family.info(
                  "aurora_version_info",
                  "The version of Aurora PostgreSQL, from aurora_version(), and the instance that"
                      + " was asked, from aurora_db_instance_identifier().")));

  private static final Requirement REQUIREMENT = Requirement.auroraFunction("aurora_version");

  static final PgScraper VERSION_INFO = new AuroraVersionScraper();

  private AuroraVersionScraper() {}

  @Override
  public String name() {
    return "aurora_version";
  }

  @Override
  public List<? extends Family<?>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    REQUIREMENT.check(session.server());
    boolean named = session.server().hasAurora("aurora_db_instance_identifier");
    VersionedSql sql = named ? VERSION_AND_INSTANCE : VERSION;
    return Snapshot.of(FAMILIES, session.query(sql, deadline));
  }
}
