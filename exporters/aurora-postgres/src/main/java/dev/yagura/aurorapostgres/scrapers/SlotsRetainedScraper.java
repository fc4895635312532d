package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.util.List;

/**
 * What each replication slot makes the server keep, from pg_replication_slots. Aurora has a WAL
 * position only on a writer with logical replication, and an Aurora that refuses to tell it is
 * asked again without: the slots are still there, their bytes are absent.
 */
final class SlotsRetainedScraper implements PgScraper {
  private static final String SELECT_13 =
      """
      SELECT s.slot_name::text AS slot_name, s.slot_type, s.database::text AS database,
             s.active, s.wal_status = 'lost' AS lost,
             age(s.xmin) AS xmin_age, age(s.catalog_xmin) AS catalog_xmin_age,
             NULL::float8 AS inactive_seconds,
      """;

  private static final String SELECT_17 =
      """
      SELECT s.slot_name::text AS slot_name, s.slot_type, s.database::text AS database,
             s.active, s.invalidation_reason IS NOT NULL AS lost,
             age(s.xmin) AS xmin_age, age(s.catalog_xmin) AS catalog_xmin_age,
             CASE WHEN NOT s.active
                  THEN extract(epoch FROM clock_timestamp() - s.inactive_since) END::float8
               AS inactive_seconds,
      """;

  private static final String RETAINED =
      """
             pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                                  ELSE pg_current_wal_lsn() END, s.restart_lsn)::float8 AS retained
        FROM pg_replication_slots s
      """;

  private static final String RETAINED_AURORA =
      """
             CASE WHEN NOT pg_is_in_recovery() AND current_setting('wal_level') = 'logical'
                  THEN pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn) END::float8 AS retained
        FROM pg_replication_slots s
      """;

  private static final String UNKNOWN =
      """
             NULL::float8 AS retained
        FROM pg_replication_slots s
      """;

  private static final VersionedSql SQL =
      VersionedSql.since(13, SELECT_13 + RETAINED).andSince(17, SELECT_17 + RETAINED);

  private static final VersionedSql AURORA_SQL =
      VersionedSql.since(13, SELECT_13 + RETAINED_AURORA).andSince(17, SELECT_17 + RETAINED_AURORA);

  private static final VersionedSql WITHOUT_POSITION =
      VersionedSql.since(13, SELECT_13 + UNKNOWN).andSince(17, SELECT_17 + UNKNOWN);

  private static final LabelSet<Row> SLOT = Columns.labels("slot_name", "slot_type", "database");

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gauge(
                  "pg_replication_slot_retained_bytes",
                  "Bytes of WAL between the slot's restart_lsn and the server's position (on a"
                      + " standby: its replay), which the server keeps for it; from"
                      + " pg_replication_slots. Absent where the slot keeps none, or an Aurora has no"
                      + " position to tell.",
                  "retained")
              .labels(SLOT),
          Columns.gauge(
                  "pg_replication_slot_active",
                  "1 where someone streams from the slot, 0 where nobody does; from active of"
                      + " pg_replication_slots.",
                  "active")
              .labels(SLOT),
          Columns.gauge(
                  "pg_replication_slot_inactive_seconds",
                  "Seconds since the slot was last in use, from inactive_since of"
                      + " pg_replication_slots; absent while it is in use and before PostgreSQL 17.",
                  "inactive_seconds")
              .labels(SLOT),
          Columns.gauge(
                  "pg_replication_slot_lost",
                  "1 where the slot can no longer be used, from invalidation_reason of"
                      + " pg_replication_slots, before PostgreSQL 17 from wal_status.",
                  "lost")
              .labels(SLOT),
          Columns.gauge(
                  "pg_replication_slot_xmin_age_transactions",
                  "Transactions since the oldest one whose rows the slot keeps from vacuum, from"
                      + " xmin of pg_replication_slots; absent where it keeps none.",
                  "xmin_age")
              .labels(SLOT),
          Columns.gauge(
                  "pg_replication_slot_catalog_xmin_age_transactions",
                  "Transactions since the oldest one whose catalog rows the slot keeps from vacuum,"
                      + " from catalog_xmin of pg_replication_slots; absent where it keeps none.",
                  "catalog_xmin_age")
              .labels(SLOT));

  static final PgScraper SLOTS_RETAINED = new SlotsRetainedScraper();

  private SlotsRetainedScraper() {}

  @Override
  public String name() {
    return "slots_retained";
  }

  @Override
  public List<Family<Row>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(PgSession session, Deadline deadline)
      throws ScrapeException, UnsupportedException {
    if (!session.server().aurora()) {
      return Snapshot.of(FAMILIES, session.query(SQL, deadline));
    }
    try {
      return Snapshot.of(FAMILIES, session.query(AURORA_SQL, deadline));
    } catch (UnsupportedException e) {
      return Snapshot.of(FAMILIES, session.query(WITHOUT_POSITION, deadline));
    }
  }
}
