package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;

/**
 * Size and connection limit of each database, from pg_database and pg_database_size().
 *
 * @param excluded names of databases that are not shown, and whose size is not asked for
 */
record DatabaseScraper(List<String> excluded) implements PgScraper {
  /**
   * The size of a database that this role may not look into is NULL and not an error, and so is
   * that of one which is dropped meanwhile: has_database_privilege() tells NULL of it.
   */
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT datname::text AS datname,
                 datconnlimit AS connection_limit,
                 CASE has_database_privilege(oid, 'CONNECT')
                   WHEN true THEN pg_database_size(oid)
                   WHEN false THEN CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE')
                                        THEN pg_database_size(oid) END
                 END AS size
            FROM pg_database
           WHERE datname <> ALL (?::text[])
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.gauge(
                  "pg_database_size_bytes",
                  "Room the database takes on disk in bytes, absent where the exporter's role may"
                      + " not see it, from pg_database_size().",
                  "size"),
              Columns.gauge(
                  "pg_database_connection_limit",
                  "Connections the database takes at once, -1 where there is no limit, from"
                      + " datconnlimit in pg_database.",
                  "connection_limit")));

  DatabaseScraper {
    excluded = List.copyOf(excluded);
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<Family<Row>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    Object names = excluded.toArray(new String[0]);
    return Snapshot.of(FAMILIES, session.query(SQL, deadline, names));
  }
}
