package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresServerTest {

  static List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void eachMajorRunsAsItselfWithTheSettingsThatExportersNeed(int major) throws SQLException {
    PostgresServer server = PostgresServer.shared(major);

    assertThat(PostgresServer.shared(major)).isSameAs(server);
    assertThat(show(server, "server_version")).startsWith(major + ".");
    assertThat(show(server, "shared_preload_libraries")).isEqualTo("pg_stat_statements");
    assertThat(show(server, "track_io_timing")).isEqualTo("on");
    assertThat(show(server, "max_prepared_transactions")).isEqualTo("10");
    assertThat(show(server, "wal_level")).isEqualTo("logical");
    assertThat(show(server, "max_connections")).isEqualTo("60");
    assertThat(show(server, "fsync")).isEqualTo("off");
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aDatabaseIsFreshAndIsDroppedWithItsSessions(int major) throws SQLException {
    PostgresServer server = PostgresServer.shared(major);
    String database = server.createDatabase();
    server.execute(database, "CREATE EXTENSION pg_stat_statements", "CREATE TABLE t (i int)");
    assertThat(server.createDatabase()).isNotEqualTo(database);

    try (Connection open = server.connect(database)) {
      assertThat(open.isValid(5)).isTrue();
      server.dropDatabase(database);
      assertThat(open.isValid(5)).isFalse();
    }
    assertThatThrownBy(() -> server.connect(database))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void closingASharedServerLeavesItToTheOthers() throws SQLException {
    PostgresServer server = PostgresServer.shared(18);
    server.close();
    assertThat(show(server, "server_version")).startsWith("18.");
  }

  @Test
  void sessionsAndTransactionsAreCountedByTheirApplication() throws SQLException {
    PostgresServer server = PostgresServer.shared(18);
    String url = server.jdbcUrl("postgres", "postgres") + "&ApplicationName=counted";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThat(server.sessions("counted")).isEqualTo(1);
      assertThat(server.sessions("another")).isZero();
      assertThat(server.transactions("counted")).isZero();

      connection.setAutoCommit(false);
      statement.execute("SELECT 1");
      assertThat(server.transactions("counted")).isEqualTo(1);
      connection.rollback();
      assertThat(server.transactions("counted")).isZero();
    }
  }

  @Test
  void aServerOfOnesOwnFreezesThawsDiesAndComesBackWithItsData() throws Exception {
    PostgresServer seen;
    try (PostgresServer server = PostgresServer.start(18, Map.of("max_connections", "20"))) {
      seen = server;
      int port = server.port();
      assertThat(show(server, "max_connections")).isEqualTo("20");
      server.execute("postgres", "CREATE TABLE kept (i int)", "CHECKPOINT");

      server.freeze();
      assertThatThrownBy(() -> connectWithin(server, 1)).isInstanceOf(SQLException.class);
      server.thaw();
      connectWithin(server, 10);

      server.kill();
      assertThat(server.isRunning()).isFalse();
      assertThatThrownBy(() -> server.connect("postgres"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("refused");
      server.restart();
      assertThat(server.port()).isEqualTo(port);
      server.execute("postgres", "SELECT * FROM kept");

      try (Connection open = server.connect("postgres")) {
        server.stopHard();
        assertThat(open.isValid(5)).isFalse();
      }
      server.restart();
      server.execute("postgres", "SELECT * FROM kept");
      server.freeze();
    }
    assertThat(seen.isRunning()).isFalse();
  }

  @Test
  void aMajorThatIsNotSupportedIsRefused() {
    assertThatThrownBy(() -> PostgresServer.start(12, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("13, 14, 15, 16, 17, 18");
  }

  private static void connectWithin(PostgresServer server, int seconds) throws SQLException {
    String url = server.jdbcUrl("postgres", "postgres") + "&socketTimeout=" + seconds;
    DriverManager.getConnection(url).close();
  }

  private static String show(PostgresServer server, String setting) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
