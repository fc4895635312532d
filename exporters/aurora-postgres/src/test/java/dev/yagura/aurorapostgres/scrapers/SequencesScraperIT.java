package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencesScraperIT {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  private static @Nullable Double ratio(Answer asked, String database, String sequence) {
    return asked.value(
        "pg_sequence_used_ratio{datname=\""
            + database
            + "\",schemaname=\"public\",sequencename=\""
            + sequence
            + "\"}");
  }

  private static @Nullable Double unread(Answer asked, String database, String reason) {
    return asked.value(
        "pg_sequences_unread{datname=\"" + database + "\",reason=\"" + reason + "\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void whatIsNearItsEndIsShownByName(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(
        database,
        "CREATE SEQUENCE up MINVALUE 1 MAXVALUE 100",
        "SELECT setval('up', 90)",
        "CREATE SEQUENCE down INCREMENT -1 MINVALUE -100 MAXVALUE -1",
        "SELECT setval('down', -80)",
        "CREATE SEQUENCE round MAXVALUE 100 CYCLE",
        "SELECT setval('round', 99)",
        "CREATE SEQUENCE half MAXVALUE 100",
        "SELECT setval('half', 50)",
        "CREATE SEQUENCE never MAXVALUE 100",
        "CREATE TABLE narrow (id bigserial)",
        "ALTER TABLE narrow ALTER COLUMN id TYPE int",
        "SELECT setval('narrow_id_seq', 2040109466)",
        "CREATE SEQUENCE shared",
        "CREATE TABLE borrows (id smallint DEFAULT nextval('shared'))",
        "SELECT setval('shared', 30000)",
        "CREATE SEQUENCE beyond",
        "CREATE TABLE full_up (id int DEFAULT nextval('beyond'))",
        "SELECT setval('beyond', 3000000000)");
    try {
      Answer asked = Answer.of(SequencesScraper.sequences(), server, database);

      assertThat(ratio(asked, database, "up")).isEqualTo(0.9, ROUNDING);
      assertThat(ratio(asked, database, "down")).isEqualTo(0.8, ROUNDING);
      assertThat(ratio(asked, database, "narrow_id_seq")).isEqualTo(0.95, ROUNDING);
      assertThat(ratio(asked, database, "shared")).isEqualTo(30000.0 / 32767, ROUNDING);
      assertThat(ratio(asked, database, "beyond")).isEqualTo(1);
      assertThat(asked.series("pg_sequence_used_ratio")).hasSize(5);
      String in = "{datname=\"" + database + "\"}";
      assertThat(asked.value("pg_sequences_max_used_ratio" + in)).isEqualTo(1);
      assertThat(asked.value("pg_sequences_near_end" + in)).isEqualTo(5);
      assertThat(asked.value("pg_sequences_read" + in)).isEqualTo(7);
      assertThat(unread(asked, database, "privilege")).isEqualTo(0);
    } finally {
      server.dropDatabase(database);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 15, 18})
  void whatWasNotReadIsToldByItsReasonAndSpoilsNothing(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    String role = database + "_reader";
    server.execute(
        database,
        "CREATE SEQUENCE open AS int",
        "SELECT setval('open', 2000000000)",
        "CREATE SEQUENCE closed",
        "CREATE SEQUENCE altered",
        "CREATE SEQUENCE long",
        "CREATE ROLE " + role + " LOGIN",
        "GRANT SELECT ON open, altered, long TO " + role);
    try (Connection altering = server.connect(database);
        Statement statement = altering.createStatement()) {
      altering.setAutoCommit(false);
      statement.execute("ALTER SEQUENCE altered MAXVALUE 100");

      Answer asked = Answer.of(SequencesScraper.sequences(0.5, 1), server, database, role);

      assertThat(ratio(asked, database, "open")).isGreaterThan(0.9);
      assertThat(unread(asked, database, "privilege")).isEqualTo(1);
      assertThat(unread(asked, database, "locked")).isEqualTo(1);
      assertThat(unread(asked, database, "limit")).isEqualTo(1);
      assertThat(unread(asked, database, "recovery")).isEqualTo(0);
    } finally {
      server.dropDatabase(database);
      server.execute("postgres", "DROP ROLE " + role);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = 18)
  void noMoreThanAHundredAreShownAndAllAreCounted(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(
        database,
        "DO $$ BEGIN FOR i IN 1..120 LOOP"
            + " EXECUTE 'CREATE SEQUENCE s' || i || ' MAXVALUE 100';"
            + " PERFORM setval('s' || i, 95); END LOOP; END $$");
    try {
      Answer asked = Answer.of(SequencesScraper.sequences(), server, database);

      assertThat(asked.series("pg_sequence_used_ratio")).hasSize(100);
      assertThat(asked.value("pg_sequences_near_end{datname=\"" + database + "\"}")).isEqualTo(120);
    } finally {
      server.dropDatabase(database);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = 18)
  void aDatabaseWhoseSequencesWereNeverUsedHasNoFullestOne(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE SEQUENCE never");
    try {
      Answer asked = Answer.of(SequencesScraper.sequences(), server, database);

      assertThat(asked.series("pg_sequences_max_used_ratio")).isEmpty();
      assertThat(asked.value("pg_sequences_read{datname=\"" + database + "\"}")).isEqualTo(1);
    } finally {
      server.dropDatabase(database);
    }
  }
}
