package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Queries that a standby cancelled because replay needed them gone, by cause and database, from
 * pg_stat_database_conflicts.
 */
final class StatDatabaseConflictsScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
              13,
              """
              SELECT datid::text AS datid, datname::text AS datname, confl_tablespace, confl_lock,
                     confl_snapshot, confl_bufferpin, confl_deadlock
                FROM pg_stat_database_conflicts
              """)
          .andSince(
              16,
              """
              SELECT datid::text AS datid, datname::text AS datname, confl_tablespace, confl_lock,
                     confl_snapshot, confl_bufferpin, confl_deadlock, confl_active_logicalslot
                FROM pg_stat_database_conflicts
              """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("datid", "datname"),
          List.of(
              counter("confl_tablespace", "a tablespace that was dropped"),
              counter("confl_lock", "a lock that replay waited for too long"),
              counter("confl_snapshot", "rows that were vacuumed away"),
              counter("confl_bufferpin", "a buffer that they held on to"),
              counter("confl_deadlock", "a deadlock with replay"),
              Family.untyped(
                  "pg_stat_database_conflicts_confl_active_logicalslot",
                  help("confl_active_logicalslot", "a logical slot that lost its rows")
                      + " Since PostgreSQL 16.",
                  row ->
                      row.has("confl_active_logicalslot")
                          ? row.number("confl_active_logicalslot")
                          : null)));

  static final PgScraper STAT_DATABASE_CONFLICTS =
      SqlScraper.of("stat_database_conflicts", SQL, FAMILIES);

  private StatDatabaseConflictsScraper() {}

  private static Family<Row> counter(String column, String cause) {
    return Columns.counter("pg_stat_database_conflicts_" + column, help(column, cause), column);
  }

  private static String help(String column, String cause) {
    return "Queries cancelled on a standby because of "
        + cause
        + ", from "
        + column
        + " in pg_stat_database_conflicts.";
  }
}
