package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Age of the oldest transaction and multixact id of each database that takes connections, from
 * pg_database. The drop-in names say seconds; the values are counts of ids.
 */
final class DatabaseWraparoundScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT datname::text AS datname,
                 age(datfrozenxid) AS xid_age,
                 mxid_age(datminmxid) AS mxid_age
            FROM pg_database
           WHERE datallowconn
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.gauge(
                  "pg_database_wraparound_age_datfrozenxid_seconds",
                  "Age of datfrozenxid in pg_database, in transactions (not in seconds, whatever"
                      + " the name says).",
                  "xid_age"),
              Columns.gauge(
                  "pg_database_wraparound_age_datminmxid_seconds",
                  "Age of datminmxid in pg_database, in multixacts (not in seconds, whatever the"
                      + " name says).",
                  "mxid_age")));

  static final PgScraper DATABASE_WRAPAROUND = SqlScraper.of("database_wraparound", SQL, FAMILIES);

  private DatabaseWraparoundScraper() {}
}
