package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsScraperIT {
  @ParameterizedTest
  @ValueSource(ints = {13, 16, 18})
  void aLimitIsShownWithItsUseAndNoLimitIsNoSeries(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    String limited = database + "_limited";
    String free = database + "_free";
    server.execute(
        "postgres",
        "CREATE ROLE " + limited + " LOGIN CONNECTION LIMIT 7",
        "CREATE ROLE " + free + " LOGIN",
        "ALTER DATABASE " + database + " CONNECTION LIMIT 9");
    try (Connection one = DriverManager.getConnection(server.jdbcUrl(database, limited));
        Connection two = DriverManager.getConnection(server.jdbcUrl(database, limited));
        Connection three = DriverManager.getConnection(server.jdbcUrl(database, free))) {
      assertThat(one.isValid(1) && two.isValid(1) && three.isValid(1)).isTrue();

      Answer asked = Answer.of(ConnectionsScraper.CONNECTIONS, server, "postgres");

      String role = "{rolname=\"" + limited + "\"}";
      String in = "{datname=\"" + database + "\"}";
      assertThat(asked.value("pg_connections_role_used" + role)).isEqualTo(2);
      assertThat(asked.value("pg_connections_role_limit" + role)).isEqualTo(7);
      assertThat(asked.value("pg_connections_database_used" + in)).isEqualTo(3);
      assertThat(asked.value("pg_connections_database_limit" + in)).isEqualTo(9);
      assertThat(asked.text()).doesNotContain(free).doesNotContain("_limit{datname=\"postgres\"}");
      assertThat(asked.value("pg_connections_used")).isBetween(4.0, 60.0);
      assertThat(asked.value("pg_connections_limit")).isEqualTo(60);
      assertThat(asked.value("pg_connections_reserved")).isEqualTo(3);
      assertThat(asked.value("pg_connections_unlisted_limits")).isEqualTo(0);
    } finally {
      server.dropDatabase(database);
      server.execute("postgres", "DROP ROLE " + limited, "DROP ROLE " + free);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = 18)
  void theHundredLimitsNearestTheirEndAreShownAndTheRestIsCounted(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    server.execute(
        "postgres",
        "DO $$ BEGIN FOR i IN 1..103 LOOP"
            + " EXECUTE 'CREATE ROLE many_' || i || ' LOGIN CONNECTION LIMIT ' || i; END LOOP; END $$");
    try {
      Answer asked = Answer.of(ConnectionsScraper.CONNECTIONS, server, "postgres");

      assertThat(asked.series("pg_connections_role_limit")).hasSize(100);
      assertThat(asked.value("pg_connections_unlisted_limits")).isEqualTo(3);
      assertThat(asked.value("pg_connections_role_limit{rolname=\"many_1\"}")).isEqualTo(1);
      assertThat(asked.value("pg_connections_role_limit{rolname=\"many_103\"}")).isNull();
    } finally {
      server.execute(
          "postgres",
          "DO $$ BEGIN FOR i IN 1..103 LOOP EXECUTE 'DROP ROLE many_' || i; END LOOP; END $$");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 18})
  void sessionsThatEndBadlyAreCounted(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    try (Connection victim = server.connect(database)) {
      assertThat(victim.isValid(1)).isTrue();
      server.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + database
              + "'");
      Await.until(
          "the killed session is counted",
          () -> Double.valueOf(1).equals(value(server, "sessions_killed_total", database)));

      assertThat(value(server, "sessions_total", database)).isEqualTo(1);
      assertThat(value(server, "sessions_fatal_total", database)).isEqualTo(0);
      assertThat(value(server, "sessions_abandoned_total", database)).isEqualTo(0);
      assertThat(value(server, "session_time_seconds_total", database)).isBetween(0.0, 60.0);
      assertThat(value(server, "idle_in_transaction_time_seconds_total", database)).isEqualTo(0);
    } finally {
      server.dropDatabase(database);
    }
  }

  private static @Nullable Double value(PostgresServer server, String name, String database) {
    try {
      return Answer.of(ConnectionsScraper.CONNECTIONS, server, "postgres")
          .value("pg_stat_database_" + name + "{datname=\"" + database + "\"}");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
