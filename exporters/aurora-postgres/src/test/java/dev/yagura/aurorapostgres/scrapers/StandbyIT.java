package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a standby that streams from a primary says of itself. */
final class StandbyIT {

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void aStandbyShowsWhereItIsAndFromWhomItReceives(int major) throws Exception {
    try (var primary = PostgresServer.start(major, Map.of());
        var standby = PostgresServer.start(major, Map.of())) {
      primary.execute(
          "postgres", "SELECT pg_create_physical_replication_slot('repmgr_slot_7', true)");
      makeStandby(primary, standby);
      primary.execute("postgres", "CREATE TABLE t AS SELECT 1 AS i");

      try (var asked = new Asked(standby, "postgres")) {
        PgScraper receiver = StatWalReceiverScraper.STAT_WAL_RECEIVER;
        Await.until("it has replayed the table", () -> hasReplayed(standby));
        Await.until(
            "all that was received is replayed",
            () -> value(asked, ReplicationScraper.REPLICATION, "pg_replication_lag_seconds") == 0);

        assertThat(asked.samples(ReplicationScraper.REPLICATION))
            .containsEntry("pg_replication_is_replica", 1.0)
            .containsKey("pg_replication_last_replay_seconds");
        String labels =
            "{slot_name=\"repmgr_slot_7\",status=\"streaming\",upstream_host=\"127.0.0.1\"}";
        assertThat(asked.samples(receiver))
            .hasSize(9)
            .containsEntry("pg_stat_wal_receiver_upstream_node" + labels, 7.0)
            .containsEntry("pg_stat_wal_receiver_received_tli" + labels, 1.0);
        assertThat(value(asked, receiver, "pg_stat_wal_receiver_flushed_lsn" + labels))
            .isGreaterThan(0x1p24);
        assertThat(value(asked, receiver, "pg_stat_wal_receiver_last_msg_receipt_time" + labels))
            .isGreaterThan(1.7e9);
        // The slot came with the copy; here its position is that of what was received.
        assertThat(
                value(
                    asked,
                    ReplicationSlotsScraper.REPLICATION_SLOTS,
                    "pg_replication_slots_slot_current_wal_lsn"
                        + "{slot_name=\"repmgr_slot_7\",slot_type=\"physical\"}"))
            .isGreaterThan(0x1p24);
        assertThat(asked.samples(SettingsScraper.SETTINGS))
            .containsEntry("pg_settings_transaction_read_only", 1.0)
            .containsEntry("pg_settings_default_transaction_read_only", 0.0);
        for (PgScraper scraper :
            List.of(DropInScrapers.DATABASE, StatDatabaseScraper.STAT_DATABASE)) {
          assertThat(asked.samples(scraper)).as(scraper.name()).isNotEmpty();
        }
      }
    }
  }

  private static double value(Asked asked, PgScraper scraper, String sample) {
    try {
      return asked.samples(scraper).getOrDefault(sample, Double.NaN);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean hasReplayed(PostgresServer standby) {
    try {
      standby.execute("postgres", "SELECT i FROM t");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Copies the primary's files while both are down, and starts both again. */
  private static void makeStandby(PostgresServer primary, PostgresServer standby)
      throws IOException, SQLException {
    Path from = dataDirectory(primary);
    Path to = dataDirectory(standby);
    primary.stopHard();
    standby.stopHard();
    Await.until("both are down", () -> !primary.isRunning() && !standby.isRunning());
    try (Stream<Path> files = Files.walk(to)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(to)) {
          Files.delete(file);
        }
      }
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (!file.equals(from) && !file.endsWith("postmaster.pid")) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
      }
    }
    Files.createFile(to.resolve("standby.signal"));
    Files.writeString(
        to.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'\nprimary_slot_name = '%s'\n"
            .formatted(primary.port(), "repmgr_slot_7"),
        StandardOpenOption.APPEND);
    primary.restart();
    standby.restart();
  }

  private static Path dataDirectory(PostgresServer server) throws SQLException {
    try (var connection = server.connect("postgres");
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      return Path.of(row.getString(1));
    }
  }
}
