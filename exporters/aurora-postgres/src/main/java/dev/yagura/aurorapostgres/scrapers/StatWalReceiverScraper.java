package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Requirement;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.Family;
import java.util.List;

/**
 * How far a standby's WAL receiver is, from pg_stat_wal_receiver. Positions keep their low 52 bits,
 * as those of postgres_exporter do. A server that streams from nobody has no sample.
 */
final class StatWalReceiverScraper {
  private static final VersionedSql SQL =
      VersionedSql.since(
          13,
          """
          SELECT coalesce(trim(BOTH '''' FROM substring(conninfo FROM '(?:^| )host=([^ ]*)')),
                          sender_host) AS upstream_host,
                 slot_name::text AS slot_name,
                 status,
                 mod(receive_start_lsn - '0/0', 4503599627370496) AS receive_start_lsn,
                 receive_start_tli,
                 mod(flushed_lsn - '0/0', 4503599627370496) AS flushed_lsn,
                 received_tli,
                 extract(epoch FROM last_msg_send_time) AS last_msg_send_time,
                 extract(epoch FROM last_msg_receipt_time) AS last_msg_receipt_time,
                 mod(latest_end_lsn - '0/0', 4503599627370496) AS latest_end_lsn,
                 extract(epoch FROM latest_end_time) AS latest_end_time,
                 nullif(substring(slot_name::text FROM 'repmgr_slot_([0-9]*)'), '')::numeric
                   AS upstream_node
            FROM pg_stat_wal_receiver
          """);

  private static final List<Family<Row>> FAMILIES =
      Family.labelled(
          Columns.labels("upstream_host", "slot_name", "status"),
          List.of(
              Columns.counter(
                  "pg_stat_wal_receiver_receive_start_lsn",
                  "WAL position the receiver began at, low 52 bits in bytes, from receive_start_lsn"
                      + " in pg_stat_wal_receiver.",
                  "receive_start_lsn"),
              Columns.gauge(
                  "pg_stat_wal_receiver_receive_start_tli",
                  "Timeline the receiver began on, from receive_start_tli in pg_stat_wal_receiver.",
                  "receive_start_tli"),
              Columns.counter(
                  "pg_stat_wal_receiver_flushed_lsn",
                  "WAL position received and on disk, low 52 bits in bytes, from flushed_lsn in"
                      + " pg_stat_wal_receiver.",
                  "flushed_lsn"),
              Columns.gauge(
                  "pg_stat_wal_receiver_received_tli",
                  "Timeline of the last position received and on disk, from received_tli in"
                      + " pg_stat_wal_receiver.",
                  "received_tli"),
              Columns.counter(
                  "pg_stat_wal_receiver_last_msg_send_time",
                  "When the sender sent its last message, in seconds since 1970, from"
                      + " last_msg_send_time in pg_stat_wal_receiver.",
                  "last_msg_send_time"),
              Columns.counter(
                  "pg_stat_wal_receiver_last_msg_receipt_time",
                  "When the sender's last message came in, in seconds since 1970, from"
                      + " last_msg_receipt_time in pg_stat_wal_receiver.",
                  "last_msg_receipt_time"),
              Columns.counter(
                  "pg_stat_wal_receiver_latest_end_lsn",
                  "WAL position last reported to the sender, low 52 bits in bytes, from"
                      + " latest_end_lsn in pg_stat_wal_receiver.",
                  "latest_end_lsn"),
              Columns.counter(
                  "pg_stat_wal_receiver_latest_end_time",
                  "When a position was last reported to the sender, in seconds since 1970, from"
                      + " latest_end_time in pg_stat_wal_receiver.",
                  "latest_end_time"),
              Columns.gauge(
                  "pg_stat_wal_receiver_upstream_node",
                  "Number of the sending node that repmgr puts into the slot's name, absent with"
                      + " other names, from slot_name in pg_stat_wal_receiver.",
                  "upstream_node")));

  static final PgScraper STAT_WAL_RECEIVER =
      SqlScraper.of("stat_wal_receiver", SQL, FAMILIES)
          .requires(Requirement.notAurora("its readers share the storage and receive no WAL"));

  private StatWalReceiverScraper() {}
}
