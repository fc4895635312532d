package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import java.util.List;

/** How far each replication slot is and what it keeps, from pg_replication_slots. */
final class ReplicationSlotsScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT s.slot_name::text AS slot_name,
                 s.slot_type AS slot_type,
                 s.database::text AS database,
                 s.active AS active,
                 pg_wal_lsn_diff(w.lsn, s.restart_lsn) AS lag,
                 w.lsn - '0/0' AS current_lsn,
                 CASE WHEN s.active THEN s.confirmed_flush_lsn - '0/0' END AS confirmed_flush_lsn,
                 s.safe_wal_size AS safe_wal_size,
                 s.wal_status AS wal_status
            FROM pg_replication_slots s
           CROSS JOIN (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                                   ELSE pg_current_wal_lsn() END AS lsn) w
          """);

  /** Aurora tells its position only on a writer whose wal_level is logical. */
  private static final VersionedSql ON_AURORA =
      VersionedSql.since(
          13,
          """
          SELECT s.slot_name::text AS slot_name,
                 s.slot_type AS slot_type,
                 s.database::text AS database,
                 s.active AS active,
                 pg_wal_lsn_diff(w.lsn, s.restart_lsn) AS lag,
                 w.lsn - '0/0' AS current_lsn,
                 CASE WHEN s.active THEN s.confirmed_flush_lsn - '0/0' END AS confirmed_flush_lsn,
                 s.safe_wal_size AS safe_wal_size,
                 s.wal_status AS wal_status
            FROM pg_replication_slots s
           CROSS JOIN (SELECT CASE WHEN current_setting('wal_level') = 'logical'
                                    AND NOT pg_is_in_recovery()
                                   THEN pg_current_wal_lsn() END AS lsn) w
          """);

  private static final LabelSet<Row> BY_DATABASE = Columns.labels("slot_name", "database");
  private static final LabelSet<Row> BY_TYPE = Columns.labels("slot_name", "slot_type");

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gauge(
                  "pg_replication_slots_active",
                  "Whether the slot is in use, 1 or 0, from active in pg_replication_slots.",
                  "active")
              .labels(BY_DATABASE),
          Columns.gauge(
                  "pg_replication_slots_pg_wal_lsn_diff",
                  "WAL that the slot holds back, from its restart_lsn in pg_replication_slots to"
                      + " where the server is, in bytes.",
                  "lag")
              .labels(BY_DATABASE),
          Family.<Row>untyped(
                  "pg_replication_slots_pg_xlog_location_diff",
                  "Always absent: pg_replication_slots of servers older than PostgreSQL 10, in"
                      + " bytes.",
                  row -> null)
              .labels(BY_DATABASE),
          Columns.gauge(
                  "pg_replication_slots_slot_current_wal_lsn",
                  "WAL position of the server in bytes, from pg_current_wal_lsn(), on a standby"
                      + " from pg_last_wal_receive_lsn().",
                  "current_lsn")
              .labels(BY_TYPE),
          Columns.gauge(
                  "pg_replication_slots_slot_confirmed_flush_lsn",
                  "WAL position that the slot's user confirmed in bytes, while in use, from"
                      + " confirmed_flush_lsn in pg_replication_slots.",
                  "confirmed_flush_lsn")
              .labels(BY_TYPE),
          Columns.gauge(
                  "pg_replication_slots_slot_is_active",
                  "Whether the slot is in use, 1 or 0, from active in pg_replication_slots.",
                  "active")
              .labels(BY_TYPE),
          Columns.gauge(
                  "pg_replication_slots_safe_wal_size_bytes",
                  "WAL that may still be written before the slot can be lost, in bytes, absent"
                      + " where there is no limit, from safe_wal_size in pg_replication_slots.",
                  "safe_wal_size")
              .labels(BY_TYPE),
          Family.<Row>gauge(
                  "pg_replication_slots_wal_status",
                  "Always 1; the label says whether the WAL that the slot needs is still there,"
                      + " from wal_status in pg_replication_slots.",
                  row -> row.text("wal_status") == null ? null : 1)
              .labels(Columns.labels("slot_name", "slot_type", "wal_status")));

  static final PgScraper REPLICATION_SLOTS =
      new AuroraSqlScraper("replication_slots", SQL, ON_AURORA, FAMILIES);

  private ReplicationSlotsScraper() {}
}
