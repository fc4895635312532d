package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * Whether the server is a replica and how far it is behind, from its recovery functions. Aurora has
 * only the first of them; there the lag is in the topology's families.
 */
final class ReplicationScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT pg_is_in_recovery() AS is_replica,
                 last_replay,
                 CASE WHEN NOT pg_is_in_recovery() THEN 0
                      WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                      ELSE last_replay END AS lag
            FROM (SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp()) AS age) replay
           CROSS JOIN LATERAL (SELECT CASE WHEN age < 0 THEN 0 ELSE age END AS last_replay) bounded
          """);

  private static final VersionedSql ON_AURORA =
      VersionedSql.since(13, "SELECT pg_is_in_recovery() AS is_replica");

  private static final List<Family<Row>> FAMILIES =
      List.of(
          Columns.gaugeIfThere(
              "pg_replication_lag_seconds",
              "Age of the last transaction replayed in seconds; 0 on a primary, and where all that"
                  + " was received is replayed, from pg_last_xact_replay_timestamp().",
              "lag"),
          Columns.gauge(
              "pg_replication_is_replica",
              "Whether the server replays another one's changes, 1 or 0, from"
                  + " pg_is_in_recovery().",
              "is_replica"),
          Columns.gaugeIfThere(
              "pg_replication_last_replay_seconds",
              "Age of the last transaction replayed in seconds, absent where none ever was, from"
                  + " pg_last_xact_replay_timestamp().",
              "last_replay"));

  static final PgScraper REPLICATION =
      new AuroraSqlScraper("replication", SQL, ON_AURORA, FAMILIES);

  private ReplicationScraper() {}
}
