package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;

/** Laws of the drop-in scrapers that look at replication. */
final class DropInReplicationIT {

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aPrimaryHasNoLagAndNeverReplayedAnything(int major) throws Exception {
    try (var asked = new Asked(PostgresServer.shared(major), "postgres")) {
      assertThat(asked.samples(ReplicationScraper.REPLICATION))
          .containsExactly(
              Map.entry("pg_replication_is_replica", 0.0),
              Map.entry("pg_replication_lag_seconds", 0.0));
    }
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aSlotThatNobodyUsesShowsWhatItHoldsBackAndNoConfirmedPosition(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(
        database,
        "SELECT pg_create_physical_replication_slot('physical_one', true)",
        "SELECT pg_create_physical_replication_slot('physical_idle')",
        "SELECT pg_create_logical_replication_slot('logical_one', 'pgoutput')",
        "SELECT pg_switch_wal()",
        "CREATE TABLE t AS SELECT 1 AS i");
    try (var asked = new Asked(server, database)) {
      Map<String, Double> samples = asked.samples(ReplicationSlotsScraper.REPLICATION_SLOTS);

      String name = "pg_replication_slots_";
      String logical = "{database=\"" + database + "\",slot_name=\"logical_one\"}";
      String physical = "{database=\"\",slot_name=\"physical_one\"}";
      String typed = "{slot_name=\"logical_one\",slot_type=\"logical\"}";
      assertThat(samples)
          .containsEntry(name + "active" + logical, 0.0)
          .containsEntry(name + "active" + physical, 0.0)
          .containsEntry(name + "slot_is_active" + typed, 0.0)
          .containsEntry(
              name
                  + "wal_status{slot_name=\"logical_one\",slot_type=\"logical\","
                  + "wal_status=\"reserved\"}",
              1.0);
      assertThat(samples.get(name + "pg_wal_lsn_diff" + logical)).isPositive();
      assertThat(samples.get(name + "pg_wal_lsn_diff" + physical)).isPositive();
      assertThat(samples.get(name + "slot_current_wal_lsn" + typed)).isGreaterThan(0x1p24);
      assertThat(samples.keySet())
          .noneMatch(key -> key.startsWith(name + "slot_confirmed_flush_lsn"))
          .noneMatch(key -> key.startsWith(name + "safe_wal_size_bytes"))
          .noneMatch(key -> key.contains("xlog"))
          // A slot that was never used holds nothing back, which is not 0 bytes.
          .noneMatch(
              key -> key.startsWith(name + "pg_wal_lsn_diff") && key.contains("physical_idle"))
          .noneMatch(key -> key.startsWith(name + "wal_status") && key.contains("physical_idle"));
    }
    server.execute(
        database,
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE slot_name IN ('physical_one', 'physical_idle', 'logical_one')");
    server.dropDatabase(database);
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aReceiverShowsHowFarItIsBehindAndItsSlotIsActive(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    server.execute("postgres", "SELECT pg_create_physical_replication_slot('standby', true)");
    var properties = new Properties();
    PGProperty.USER.set(properties, "postgres");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    PGProperty.APPLICATION_NAME.set(properties, "standby-app");
    LogSequenceNumber start = position(server);
    try (var receiver =
            DriverManager.getConnection(server.jdbcUrl("postgres", "postgres"), properties);
        var stream =
            receiver
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withSlotName("standby")
                .withStartPosition(start)
                .start();
        var asked = new Asked(server, "postgres")) {
      PgScraper scraper = StatReplicationScraper.STAT_REPLICATION;
      stream.setAppliedLSN(start);
      stream.setFlushedLSN(start);
      stream.forceUpdateStatus();
      Await.until("the receiver has told its position", () -> size(asked, scraper) == 2);

      Map<String, Double> samples = asked.samples(scraper);
      Map<String, Double> slots = asked.samples(ReplicationSlotsScraper.REPLICATION_SLOTS);

      assertThat(samples.keySet())
          .allMatch(
              key ->
                  key.matches(
                      ".*\\{application_name=\"standby-app\",client_addr=\"127\\.0\\.0\\.1/32\","
                          + "pid=\"\\d+\",slot_name=\"standby\",state=\"\\w+\"}"));
      double current = value(samples, "pg_stat_replication_pg_current_wal_lsn_bytes");
      double lag = value(samples, "pg_stat_replication_pg_wal_lsn_diff");
      assertThat(current - lag).isEqualTo((double) start.asLong());
      assertThat(slots)
          .containsEntry(
              "pg_replication_slots_slot_is_active{slot_name=\"standby\",slot_type=\"physical\"}",
              1.0);
      // What a physical slot does not have is absent even while it is in use.
      assertThat(slots.keySet()).noneMatch(key -> key.contains("slot_confirmed_flush_lsn"));
    }
    Await.until("the slot is free", () -> dropped(server));
  }

  private static LogSequenceNumber position(PostgresServer server) throws SQLException {
    try (var connection = server.connect("postgres");
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_wal_flush_lsn()")) {
      row.next();
      return LogSequenceNumber.valueOf(row.getString(1));
    }
  }

  private static boolean dropped(PostgresServer server) {
    try {
      server.execute("postgres", "SELECT pg_drop_replication_slot('standby')");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static int size(Asked asked, PgScraper scraper) {
    try {
      return asked.samples(scraper).size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static double value(Map<String, Double> samples, String name) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }
}
