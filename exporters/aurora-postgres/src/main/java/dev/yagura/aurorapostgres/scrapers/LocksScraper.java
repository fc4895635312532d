package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Locks held or awaited in each database, by mode. Every mode of every database is there, at zero
 * where nothing holds it, as dashboards of postgres_exporter expect.
 */
final class LocksScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT d.datname::text AS datname,
                 m.mode AS mode,
                 coalesce(l.locks, 0) AS locks
            FROM pg_database d
           CROSS JOIN (VALUES ('accesssharelock'), ('rowsharelock'), ('rowexclusivelock'),
                              ('shareupdateexclusivelock'), ('sharelock'),
                              ('sharerowexclusivelock'), ('exclusivelock'),
                              ('accessexclusivelock'), ('sireadlock')) m (mode)
            LEFT JOIN (SELECT database, lower(mode) AS mode, count(*) AS locks
                         FROM pg_locks
                        WHERE database IS NOT NULL
                        GROUP BY database, lower(mode)) l
              ON l.database = d.oid AND l.mode = m.mode
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname", "mode"),
          List.of(
              Columns.gauge(
                  "pg_locks_count",
                  "Locks held or awaited in the database, by mode, from pg_locks.",
                  "locks")));

  static final PgScraper LOCKS = SqlScraper.of("locks", SQL, FAMILIES);

  private LocksScraper() {}
}
