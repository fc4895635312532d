package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * How far each standby and subscriber is behind, from pg_stat_replication. Aurora's own readers
 * share the writer's storage and are not in it.
 */
final class StatReplicationScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT r.application_name AS application_name,
                 r.client_addr::text AS client_addr,
                 r.state AS state,
                 s.slot_name::text AS slot_name,
                 r.pid::text AS pid,
                 w.lsn - '0/0' AS current_lsn,
                 pg_wal_lsn_diff(w.lsn, r.replay_lsn) AS lag
            FROM pg_stat_replication r
            LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
           CROSS JOIN (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                                   ELSE pg_current_wal_lsn() END AS lsn) w
          """);

  /** Aurora tells its position only on a writer whose wal_level is logical. */
  private static final VersionedSql ON_AURORA =
      VersionedSql.since(
          13,
          """
          SELECT r.application_name AS application_name,
                 r.client_addr::text AS client_addr,
                 r.state AS state,
                 s.slot_name::text AS slot_name,
                 r.pid::text AS pid,
                 w.lsn - '0/0' AS current_lsn,
                 pg_wal_lsn_diff(w.lsn, r.replay_lsn) AS lag
            FROM pg_stat_replication r
            LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
           CROSS JOIN (SELECT CASE WHEN current_setting('wal_level') = 'logical'
                                    AND NOT pg_is_in_recovery()
                                   THEN pg_current_wal_lsn() END AS lsn) w
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("application_name", "client_addr", "state", "slot_name", "pid"),
          List.of(
              Columns.gauge(
                  "pg_stat_replication_pg_current_wal_lsn_bytes",
                  "WAL position of the server in bytes, from pg_current_wal_lsn(), on a standby"
                      + " from pg_last_wal_receive_lsn().",
                  "current_lsn"),
              Columns.gauge(
                  "pg_stat_replication_pg_wal_lsn_diff",
                  "WAL that the receiver has not replayed yet in bytes, from replay_lsn in"
                      + " pg_stat_replication.",
                  "lag"),
              Family.gauge(
                  "pg_stat_replication_pg_xlog_location_diff",
                  "Always absent: pg_stat_replication of servers older than PostgreSQL 10, in"
                      + " bytes.",
                  row -> null)));

  static final PgScraper STAT_REPLICATION =
      new AuroraSqlScraper("stat_replication", SQL, ON_AURORA, FAMILIES);

  private StatReplicationScraper() {}
}
