package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.scrapers.MixedScraper.Kind;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Connection storms: sessions opened and lost in each database, and how far each limit of
 * connections is used. A session that this role may not see into (the owner of a managed server
 * hides some) is counted where it has a user and a database: rather one too many.
 */
final class ConnectionsScraper {
  /** Superusers pass the limits of roles and databases, so theirs are none. */
  private static final String USE =
      """
      WITH client AS MATERIALIZED (
        SELECT datid, usesysid
          FROM pg_stat_activity
         WHERE backend_type = 'client backend'
            OR backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL),
      limited AS MATERIALIZED (
        SELECT 'role' AS kind, r.rolname::text AS name, r.rolconnlimit AS upper,
               (SELECT count(*) FROM client WHERE usesysid = r.oid) AS used
          FROM pg_roles r
         WHERE r.rolconnlimit >= 0 AND r.rolcanlogin AND NOT r.rolsuper
         UNION ALL
        SELECT 'database', d.datname::text, d.datconnlimit,
               (SELECT count(*) FROM client WHERE datid = d.oid)
          FROM pg_database d
         WHERE d.datconnlimit >= 0 AND d.datallowconn),
      nearest AS MATERIALIZED (
        SELECT *, row_number() OVER (PARTITION BY kind ORDER BY upper - used, name) AS nth
          FROM limited)
      SELECT kind,
             CASE kind WHEN 'role' THEN name END AS rolname,
             CASE kind WHEN 'database' THEN name END AS datname,
             used, upper::bigint AS upper,
             NULL::bigint AS reserved, NULL::bigint AS unlisted,
             NULL::bigint AS sessions, NULL::bigint AS abandoned, NULL::bigint AS fatal,
             NULL::bigint AS killed, NULL::float8 AS session_seconds,
             NULL::float8 AS idle_in_transaction_seconds
        FROM nearest
       WHERE nth <= 100
       UNION ALL
      SELECT 'server', NULL, NULL,
             (SELECT count(*) FROM client),
             current_setting('max_connections')::bigint,
             current_setting('superuser_reserved_connections')::bigint
               + coalesce(current_setting('reserved_connections', true)::bigint, 0)
               + coalesce(nullif(current_setting('rds.rds_superuser_reserved_connections', true),
                                 '')::bigint, 0),
             (SELECT count(*) FROM nearest WHERE nth > 100),
             NULL, NULL, NULL, NULL, NULL, NULL
      """;

  private static final String SESSIONS_14 =
      """
       UNION ALL
      SELECT 'sessions', NULL, datname::text, NULL, NULL, NULL, NULL,
             sessions, sessions_abandoned, sessions_fatal, sessions_killed,
             session_time / 1000, idle_in_transaction_time / 1000
        FROM pg_stat_database
       WHERE datname IS NOT NULL
      """;

  private static final VersionedSql SQL =
      VersionedSql.since(13, USE).andSince(14, USE + SESSIONS_14);

  private static final List<Family<Row>> SERVER =
      List.of(
          Columns.gauge(
              "pg_connections_used", "Client connections open, from pg_stat_activity.", "used"),
          Columns.gauge(
              "pg_connections_limit",
              "Client connections that may be open, from the setting max_connections.",
              "upper"),
          Columns.gauge(
              "pg_connections_reserved",
              "Connections of the limit that ordinary roles cannot have, from the settings"
                  + " superuser_reserved_connections, reserved_connections (PostgreSQL 16 and newer)"
                  + " and rds.rds_superuser_reserved_connections.",
              "reserved"),
          Columns.gauge(
              "pg_connections_unlisted_limits",
              "Roles and databases with a limit of their own that are not shown, as 100 others of"
                  + " their kind are nearer theirs; from pg_roles and pg_database.",
              "unlisted"));

  private static final List<Family<Row>> BY_ROLE =
      Family.labelled(
          Columns.labels("rolname"),
          List.of(
              Columns.gauge(
                  "pg_connections_role_used",
                  "Client connections of a role that has a limit, from pg_stat_activity.",
                  "used"),
              Columns.gauge(
                  "pg_connections_role_limit",
                  "Client connections the role may have, from rolconnlimit of pg_roles; absent where"
                      + " it has no limit.",
                  "upper")));

  private static final List<Family<Row>> BY_DATABASE =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.gauge(
                  "pg_connections_database_used",
                  "Client connections to a database that has a limit, from pg_stat_activity.",
                  "used"),
              Columns.gauge(
                  "pg_connections_database_limit",
                  "Client connections the database may have, from datconnlimit of pg_database;"
                      + " absent where it has no limit.",
                  "upper")));

  private static final List<Family<Row>> SESSIONS =
      Family.labelled(
          Columns.labels("datname"),
          List.of(
              Columns.counter(
                  "pg_stat_database_sessions_total",
                  "Sessions opened to the database, from sessions of pg_stat_database; PostgreSQL 14"
                      + " and newer.",
                  "sessions"),
              Columns.counter(
                  "pg_stat_database_sessions_abandoned_total",
                  "Sessions that ended as the client was lost, from sessions_abandoned of"
                      + " pg_stat_database; PostgreSQL 14 and newer.",
                  "abandoned"),
              Columns.counter(
                  "pg_stat_database_sessions_fatal_total",
                  "Sessions that a fatal error ended, from sessions_fatal of pg_stat_database;"
                      + " PostgreSQL 14 and newer.",
                  "fatal"),
              Columns.counter(
                  "pg_stat_database_sessions_killed_total",
                  "Sessions that an operator ended, from sessions_killed of pg_stat_database;"
                      + " PostgreSQL 14 and newer.",
                  "killed"),
              Columns.counter(
                  "pg_stat_database_session_time_seconds_total",
                  "Seconds that sessions were open, told when their state changes, from session_time"
                      + " of pg_stat_database; PostgreSQL 14 and newer.",
                  "session_seconds"),
              Columns.counter(
                  "pg_stat_database_idle_in_transaction_time_seconds_total",
                  "Seconds that sessions were idle in a transaction, from idle_in_transaction_time"
                      + " of pg_stat_database; PostgreSQL 14 and newer.",
                  "idle_in_transaction_seconds")));

  static final PgScraper CONNECTIONS =
      MixedScraper.of(
          "connections",
          SQL,
          List.of(
              Kind.of("server", SERVER),
              Kind.of("role", BY_ROLE),
              Kind.of("database", BY_DATABASE),
              Kind.of("sessions", SESSIONS)));

  private ConnectionsScraper() {}
}
