package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * What pg_stat_database knows and the drop-in families do not tell. Relations that all databases
 * share have a row of their own, whose {@code datname} is empty: their checksums fail as well.
 */
final class DatabaseHealthScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
              13,
              """
              SELECT datname::text AS datname,
                     checksum_failures,
                     extract(epoch FROM checksum_last_failure)::float8 AS checksum_last_failure
                FROM pg_stat_database
              """)
          .andSince(
              18,
              """
              SELECT datname::text AS datname,
                     checksum_failures,
                     extract(epoch FROM checksum_last_failure)::float8 AS checksum_last_failure,
                     CASE WHEN datname IS NOT NULL THEN parallel_workers_to_launch END
                       AS workers_wanted,
                     CASE WHEN datname IS NOT NULL THEN parallel_workers_launched END
                       AS workers_launched
                FROM pg_stat_database
              """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.counter(
                  "pg_stat_database_checksum_failures_total",
                  "Data pages whose checksum was wrong, from checksum_failures of pg_stat_database;"
                      + " absent where checksums are off; the empty database is what all share.",
                  "checksum_failures"),
              Columns.gauge(
                  "pg_stat_database_checksum_last_failure_timestamp_seconds",
                  "When a data page's checksum was last wrong, in seconds since 1970, from"
                      + " checksum_last_failure of pg_stat_database; absent where none was.",
                  "checksum_last_failure"),
              Columns.counterIfThere(
                  "pg_stat_database_parallel_workers_to_launch_total",
                  "Parallel workers that plans asked for, from parallel_workers_to_launch of"
                      + " pg_stat_database; PostgreSQL 18 and newer.",
                  "workers_wanted"),
              Columns.counterIfThere(
                  "pg_stat_database_parallel_workers_launched_total",
                  "Parallel workers that were started, from parallel_workers_launched of"
                      + " pg_stat_database; fewer than were asked for where there were too few."
                      + " PostgreSQL 18 and newer.",
                  "workers_launched")));

  static final PgScraper DATABASE_HEALTH = SqlScraper.of("database_health", SQL, FAMILIES);

  private DatabaseHealthScraper() {}
}
