package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VacuumScraperIT {
  private static @Nullable Double age(Answer asked, String holder) {
    return asked.value("pg_xmin_horizon_age_transactions{holder=\"" + holder + "\"}");
  }

  private static @Nullable Double seconds(Answer asked, String holder) {
    return asked.value("pg_xmin_horizon_oldest_transaction_seconds{holder=\"" + holder + "\"}");
  }

  private static double number(PostgresServer server, String database, String sql)
      throws SQLException {
    try (Connection session = server.connect(database);
        Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }

  private static void consumeTransactions(PostgresServer server, String database, int count)
      throws SQLException {
    try (Connection session = server.connect(database);
        Statement statement = session.createStatement()) {
      for (int i = 0; i < count; i++) {
        statement.execute("SELECT txid_current()");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void eachKindOfHolderIsToldWithItsOwnAge(int major) throws Exception {
    try (PostgresServer server = PostgresServer.start(major, java.util.Map.of())) {
      Answer before = Answer.of(VacuumScraper.VACUUM, server, "postgres");
      assertThat(age(before, "prepared_transaction")).isNull();
      assertThat(age(before, "replication_slot_catalog")).isNull();
      assertThat(age(before, "replica_feedback")).isNull();

      server.execute(
          "postgres", "SELECT pg_create_logical_replication_slot('catalog', 'pgoutput')");
      consumeTransactions(server, "postgres", 20);
      try (Connection preparing = server.connect("postgres");
          Connection reading = server.connect("postgres");
          Statement prepare = preparing.createStatement();
          Statement read = reading.createStatement()) {
        prepare.execute("BEGIN");
        prepare.execute("SELECT txid_current()");
        prepare.execute("PREPARE TRANSACTION 'forgotten'");
        consumeTransactions(server, "postgres", 20);
        reading.setAutoCommit(false);
        reading.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        read.execute("SELECT txid_current()");
        consumeTransactions(server, "postgres", 20);

        Answer asked = Answer.of(VacuumScraper.VACUUM, server, "postgres");

        assertThat(age(asked, "session")).isGreaterThanOrEqualTo(20);
        assertThat(age(asked, "prepared_transaction")).isBetween(40.0, 59.0);
        assertThat(age(asked, "replication_slot_catalog")).isGreaterThanOrEqualTo(60);
        assertThat(age(asked, "replication_slot")).isNull();
        assertThat(seconds(asked, "session")).isBetween(0.0, 60.0);
        assertThat(seconds(asked, "prepared_transaction")).isBetween(0.0, 60.0);
        assertThat(seconds(asked, "replication_slot_catalog")).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void wraparoundIsAShareOfWhatTheServerStillHandsOut(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    Answer asked = Answer.of(VacuumScraper.VACUUM, server, "postgres");

    double age =
        number(
            server,
            "postgres",
            "SELECT age(datfrozenxid) FROM pg_database WHERE datname = 'postgres'");
    double limit = 2147483647 - (major >= 14 ? 3_000_000 : 1_000_000);
    assertThat(asked.value("pg_wraparound_xid_used_ratio{datname=\"postgres\"}"))
        .isEqualTo(age / limit, Offset.offset(1e-6))
        .isGreaterThan(0);
    assertThat(asked.value("pg_wraparound_multixact_used_ratio{datname=\"postgres\"}"))
        .isBetween(0.0, 0.01);
    assertThat(asked.value("pg_wraparound_autovacuum_distance_transactions"))
        .isBetween(190_000_000.0, 200_000_000.0);
    assertThat(asked.value("pg_wraparound_autovacuum_distance_multixacts"))
        .isBetween(390_000_000.0, 400_000_000.0);
    assertThat(asked.value("pg_autovacuum_workers_limit")).isEqualTo(3);
    assertThat(asked.value("pg_autovacuum_workers_running")).isBetween(0.0, 3.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void whatARoleMayNotSeeIsAbsent(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String role = "vacuum_nobody";
    server.execute("postgres", "CREATE ROLE " + role + " LOGIN");
    try {
      Answer asked = Answer.of(VacuumScraper.VACUUM, server, "postgres", role);

      assertThat(asked.value("pg_autovacuum_workers_running")).isNull();
      assertThat(asked.value("pg_autovacuum_workers_limit")).isEqualTo(3);
    } finally {
      server.execute("postgres", "DROP ROLE " + role);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void onAuroraALivingReadersFeedbackHoldsAndAGoneOnesDoesNot(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    double now = number(server, database, "SELECT txid_current()");
    long living = (long) now - 5;
    long epoch = 1L << 32;
    server.execute(
        database,
        "CREATE FUNCTION pg_catalog.aurora_list_builtins(OUT \"Name\" text) RETURNS SETOF text"
            + " LANGUAGE sql AS $$ VALUES ('aurora_replica_status') $$",
        "CREATE FUNCTION pg_catalog.aurora_replica_status(OUT session_id text,"
            + " OUT feedback_xmin bigint, OUT last_update_timestamp timestamptz)"
            + " RETURNS SETOF record LANGUAGE sql AS $$ VALUES"
            + " ('MASTER_SESSION_ID', 3::bigint, now()),"
            + " ('living', "
            + (epoch + living)
            + ", now()),"
            + " ('idle', 0, now()),"
            + " ('gone', 3, now() - interval '1 hour') $$");
    try {
      Answer asked = Answer.of(VacuumScraper.VACUUM, server, database);

      double after = number(server, database, "SELECT txid_current()");
      assertThat(age(asked, "replica_feedback")).isBetween(5.0, after - living);
    } finally {
      server.dropDatabase(database);
    }
  }
}
