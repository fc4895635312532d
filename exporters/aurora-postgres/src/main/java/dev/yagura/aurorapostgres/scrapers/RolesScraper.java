package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/** The connection limit of each role, from pg_roles. */
final class RolesScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13, "SELECT rolname::text AS rolname, rolconnlimit AS connection_limit FROM pg_roles");

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("rolname"),
          List.of(
              Columns.gauge(
                  "pg_roles_connection_limit",
                  "Connections the role may have at once, -1 where there is no limit, from"
                      + " rolconnlimit in pg_roles.",
                  "connection_limit")));

  static final PgScraper ROLES = SqlScraper.of("roles", SQL, FAMILIES);

  private RolesScraper() {}
}
