package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.scrapers.MixedScraper.Kind;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * What keeps vacuum from removing dead rows, and how near the server is to refusing transactions.
 * Vacuum's own sessions hold nobody back and are left out; so is this one.
 */
final class VacuumScraper {
  private static final String HOLDERS =
      """
      WITH holder AS (
        SELECT 'session' AS holder,
               greatest(age(a.backend_xid), age(a.backend_xmin)) AS age,
               extract(epoch FROM clock_timestamp() - a.xact_start) AS seconds
          FROM pg_stat_activity a
          LEFT JOIN pg_stat_progress_vacuum v ON v.pid = a.pid
         WHERE a.pid <> pg_backend_pid()
           AND v.pid IS NULL
           AND a.backend_type IS DISTINCT FROM 'walsender'
         UNION ALL
        SELECT 'prepared_transaction', age(transaction),
               extract(epoch FROM clock_timestamp() - prepared)
          FROM pg_prepared_xacts
         UNION ALL
        SELECT 'replication_slot', age(xmin), NULL FROM pg_replication_slots
         UNION ALL
        SELECT 'replication_slot_catalog', age(catalog_xmin), NULL FROM pg_replication_slots
         UNION ALL
        SELECT 'replica_feedback', age(backend_xmin), NULL FROM pg_stat_replication
      """;

  /**
   * Readers of Aurora tell their oldest view to the writer. The number has come signed and with an
   * epoch; a reader that is gone keeps its row, so only those heard of in the last five minutes.
   */
  private static final String AURORA_FEEDBACK =
      """
         UNION ALL
        SELECT 'replica_feedback',
               age(nullif(mod(mod(feedback_xmin::text::numeric, 4294967296) + 4294967296,
                              4294967296), 0)::text::xid),
               NULL
          FROM aurora_replica_status()
         WHERE session_id::text <> 'MASTER_SESSION_ID'
           AND last_update_timestamp > clock_timestamp() - interval '5 minutes'
      """;

  /**
   * The server refuses transaction IDs 3 million (before PostgreSQL 14: 1 million) ahead of 2^31.
   */
  private static final String REST =
      """
      ),
      server AS (
        SELECT current_setting('server_version_num')::int >= 140000 AS since_14,
               current_setting('autovacuum_freeze_max_age')::bigint AS xid_freeze,
               current_setting('autovacuum_multixact_freeze_max_age')::bigint AS mxid_freeze)
      SELECT 'holder' AS kind, holder, NULL::text AS datname,
             max(age)::bigint AS age,
             (CASE WHEN max(seconds) < 0 THEN 0 ELSE max(seconds) END)::float8 AS seconds,
             NULL::float8 AS xid_used, NULL::float8 AS mxid_used,
             NULL::bigint AS xid_headroom, NULL::bigint AS mxid_headroom,
             NULL::bigint AS workers, NULL::bigint AS workers_limit
        FROM holder
       GROUP BY holder
       UNION ALL
      SELECT 'database', NULL, datname::text, NULL, NULL,
             age(datfrozenxid)
               / (2147483647 - CASE WHEN since_14 THEN 3000000 ELSE 1000000 END)::float8,
             mxid_age(datminmxid)
               / (2147483647 - CASE WHEN since_14 THEN 3000000 ELSE 100 END)::float8,
             NULL, NULL, NULL, NULL
        FROM pg_database, server
       UNION ALL
      SELECT 'server', NULL, NULL, NULL, NULL, NULL, NULL,
             (SELECT xid_freeze - max(age(datfrozenxid)) FROM pg_database),
             (SELECT mxid_freeze - max(mxid_age(datminmxid)) FROM pg_database),
             (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'
              HAVING pg_has_role('pg_read_all_stats', 'USAGE')),
             current_setting('autovacuum_max_workers')::bigint
        FROM server
      """;

  private static final VersionedSql SQL = VersionedSql.since(13, HOLDERS + REST);

  private static final VersionedSql AURORA_SQL =
      VersionedSql.since(13, HOLDERS + AURORA_FEEDBACK + REST);

  private static final List<Family<Row>> BY_HOLDER =
      Family.labelled(
          Columns.labels("holder"),
          List.of(
              Columns.gauge(
                  "pg_xmin_horizon_age_transactions",
                  "Transactions since the oldest one that this kind of holder keeps in view, so"
                      + " that vacuum cannot remove what was deleted after it; from"
                      + " pg_stat_activity, pg_prepared_xacts, pg_replication_slots (xmin; with"
                      + " _catalog: catalog_xmin, which holds back system catalogs alone),"
                      + " pg_stat_replication and aurora_replica_status(). Absent where no holder"
                      + " is of this kind.",
                  "age"),
              Columns.gauge(
                  "pg_xmin_horizon_oldest_transaction_seconds",
                  "Seconds since the oldest open transaction of this kind of holder began, or was"
                      + " prepared; from xact_start of pg_stat_activity and prepared of"
                      + " pg_prepared_xacts.",
                  "seconds")));

  private static final List<Family<Row>> BY_DATABASE =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.gauge(
                  "pg_wraparound_xid_used_ratio",
                  "Share of the transaction IDs the database has used up since its oldest row was"
                      + " frozen, 0 to 1; at 1 the server refuses to write. From datfrozenxid of"
                      + " pg_database.",
                  "xid_used"),
              Columns.gauge(
                  "pg_wraparound_multixact_used_ratio",
                  "Share of the multixact IDs the database has used up since its oldest was"
                      + " removed, 0 to 1; at 1 the server refuses to share row locks. From"
                      + " datminmxid of pg_database.",
                  "mxid_used")));

  private static final List<Family<Row>> SERVER =
      List.of(
          Columns.gauge(
              "pg_wraparound_autovacuum_distance_transactions",
              "Transactions until autovacuum is forced to freeze a database: autovacuum_freeze_max_age"
                  + " less the greatest age of datfrozenxid in pg_database; negative once it is"
                  + " overdue.",
              "xid_headroom"),
          Columns.gauge(
              "pg_wraparound_autovacuum_distance_multixacts",
              "Multixacts until autovacuum is forced to freeze a database:"
                  + " autovacuum_multixact_freeze_max_age less the greatest age of datminmxid in"
                  + " pg_database; negative once it is overdue.",
              "mxid_headroom"),
          Columns.gauge(
              "pg_autovacuum_workers_running",
              "Autovacuum workers at work, from backend_type of pg_stat_activity; absent where this"
                  + " role may not see them.",
              "workers"),
          Columns.gauge(
              "pg_autovacuum_workers_limit",
              "Autovacuum workers that may work at a time, from the setting"
                  + " autovacuum_max_workers.",
              "workers_limit"));

  static final PgScraper VACUUM =
      new MixedScraper(
          "vacuum",
          server -> server.hasAurora("aurora_replica_status") ? AURORA_SQL : SQL,
          List.of(
              Kind.of("holder", BY_HOLDER),
              Kind.of("database", BY_DATABASE),
              Kind.of("server", SERVER)),
          List.of());

  private VacuumScraper() {}
}
