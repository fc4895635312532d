package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.scrapers.MixedScraper.Kind;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Sessions that wait for a lock and those that make them wait, from pg_locks and
 * pg_blocking_pids(). Each call of that function holds up the whole lock manager for an instant, so
 * it is made for the 100 longest waits, and what is left out is told.
 */
final class LockWaitsScraper {
  private static final String WAITING_13 =
      """
      WITH waiting AS MATERIALIZED (
        SELECT l.pid, l.locktype, l.mode, a.datname,
               extract(epoch FROM clock_timestamp() - a.query_start) AS waited,
               row_number() OVER (ORDER BY a.query_start, l.pid) AS nth
          FROM pg_locks l
          LEFT JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE NOT l.granted),
      """;

  private static final String WAITING_14 =
      """
      WITH waiting AS MATERIALIZED (
        SELECT l.pid, l.locktype, l.mode, a.datname,
               extract(epoch FROM clock_timestamp() - l.waitstart) AS waited,
               row_number() OVER (ORDER BY l.waitstart, l.pid) AS nth
          FROM pg_locks l
          LEFT JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE NOT l.granted),
      """;

  /** A blocker of process 0 is a prepared transaction, which has no session any more. */
  private static final String BLOCKED =
      """
      edge AS MATERIALIZED (
        SELECT DISTINCT w.pid AS waiter, w.datname, b.pid AS blocker
          FROM waiting w
         CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) b (pid)
         WHERE w.nth <= 100),
      blocker AS (
        SELECT e.blocker, a.datname, count(*) AS blocked,
               e.blocker NOT IN (SELECT pid FROM waiting) AS root
          FROM edge e
          LEFT JOIN pg_stat_activity a ON a.pid = e.blocker
         WHERE e.blocker <> 0
         GROUP BY e.blocker, a.datname),
      prepared AS (
        SELECT datname, count(*) AS blocked FROM edge WHERE blocker = 0 GROUP BY datname)
      SELECT 'lock' AS kind, datname::text AS datname, locktype, mode,
             count(*) AS waiting,
             (CASE WHEN max(waited) < 0 THEN 0 ELSE max(waited) END)::float8 AS longest,
             NULL::bigint AS blocking, NULL::bigint AS roots, NULL::bigint AS most_blocked,
             NULL::bigint AS prepared, NULL::bigint AS unexamined
        FROM waiting
       GROUP BY datname, locktype, mode
       UNION ALL
      SELECT 'database', d.datname::text, NULL, NULL, NULL, NULL,
             count(b.blocker), count(b.blocker) FILTER (WHERE b.root),
             coalesce(max(b.blocked), 0), coalesce(max(p.blocked), 0), NULL
        FROM pg_database d
        LEFT JOIN blocker b ON b.datname = d.datname
        LEFT JOIN prepared p ON p.datname = d.datname
       WHERE d.datallowconn
       GROUP BY d.datname
       UNION ALL
      SELECT 'server', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             count(*) FILTER (WHERE nth > 100)
        FROM waiting
      """;

  private static final VersionedSql SQL =
      VersionedSql.since(13, WAITING_13 + BLOCKED).andSince(14, WAITING_14 + BLOCKED);

  private static final List<Family<Row>> LOCKS =
      Family.labelled(
          Columns.labels("datname", "locktype", "mode"),
          List.of(
              Columns.gauge(
                  "pg_lock_waits_waiting_sessions",
                  "Sessions that wait for a lock, by their database, the kind of lock and the mode"
                      + " they ask for, from pg_locks; absent where none waits.",
                  "waiting"),
              Columns.gauge(
                  "pg_lock_waits_longest_seconds",
                  "Longest present wait for such a lock in seconds, from waitstart of pg_locks; on"
                      + " PostgreSQL 13, which lacks it, the time since the waiting statement"
                      + " began, which is at least the wait.",
                  "longest")));

  private static final List<Family<Row>> DATABASES =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.gauge(
                  "pg_lock_waits_blocking_sessions",
                  "Sessions of the database that others wait for, from pg_blocking_pids() of the"
                      + " 100 longest waits.",
                  "blocking"),
              Columns.gauge(
                  "pg_lock_waits_root_blocking_sessions",
                  "Sessions of the database that others wait for and that wait for no lock"
                      + " themselves: where a queue begins; from pg_blocking_pids().",
                  "roots"),
              Columns.gauge(
                  "pg_lock_waits_most_blocked_sessions",
                  "Sessions that wait for one and the same session of the database, where those are"
                      + " most; from pg_blocking_pids().",
                  "most_blocked"),
              Columns.gauge(
                  "pg_lock_waits_blocked_by_prepared_sessions",
                  "Sessions of the database that wait for a prepared transaction, which no session"
                      + " will end; from pg_blocking_pids().",
                  "prepared")));

  private static final List<Family<Row>> SERVER =
      List.of(
          Columns.gauge(
              "pg_lock_waits_unexamined_sessions",
              "Sessions that wait for a lock and whose blockers were not looked for, as 100 others"
                  + " wait longer; from pg_locks.",
              "unexamined"));

  static final PgScraper LOCK_WAITS =
      MixedScraper.of(
          "lock_waits",
          SQL,
          List.of(
              Kind.of("lock", LOCKS), Kind.of("database", DATABASES), Kind.of("server", SERVER)));

  private LockWaitsScraper() {}
}
