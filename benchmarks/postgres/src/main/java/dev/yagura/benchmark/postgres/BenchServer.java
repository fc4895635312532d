package dev.yagura.benchmark.postgres;

import dev.yagura.testing.PostgresServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that both exporters watch, each as a role of its own, so that the server tells
 * apart what either costs it.
 */
final class BenchServer implements AutoCloseable {
  /** A transaction holds a lock on every relation it makes; four a table. */
  private static final int TABLES_A_BATCH = 200;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "pg_stat_statements.track_planning", "on",
          "shared_buffers", "512MB",
          // It would run in somebody's turn.
          "autovacuum", "off");

  private static final String TABLES =
      """
      DO $$
      BEGIN
        FOR i IN %d..%d LOOP
          EXECUTE format('CREATE TABLE orders_%%s (id bigint PRIMARY KEY, note text)', i);
          EXECUTE format('INSERT INTO orders_%%s SELECT g, repeat(md5(g::text), 8)'
                         ' FROM generate_series(1, 20) g', i);
          EXECUTE format('DELETE FROM orders_%%s WHERE id > 15', i);
        END LOOP;
      END $$
      """;

  private static final String SPENT =
      """
      SELECT coalesce(sum(s.calls), 0) AS calls,
             coalesce(sum(s.total_exec_time + s.total_plan_time), 0) AS milliseconds
        FROM pg_stat_statements s
        JOIN pg_roles r ON r.oid = s.userid
       WHERE r.rolname = ?
      """;

  private static final String STATEMENTS =
      """
      SELECT left(regexp_replace(s.query, '\\s+', ' ', 'g'), 100) AS statement,
             sum(s.total_exec_time + s.total_plan_time) AS milliseconds
        FROM pg_stat_statements s
        JOIN pg_roles r ON r.oid = s.userid
       WHERE r.rolname = ?
       GROUP BY 1
      """;

  /** What the server did for a role so far. */
  record Spent(double calls, double milliseconds) {
    Spent since(Spent before) {
      return new Spent(calls - before.calls, milliseconds - before.milliseconds);
    }
  }

  private final String hostAndPort;
  private final String superuser;
  private final String parameters;
  private final @Nullable PostgresServer embedded;
  private final Connection connection;
  private final String password = UUID.randomUUID().toString();

  private BenchServer(
      String hostAndPort,
      String superuser,
      String parameters,
      @Nullable PostgresServer embedded,
      String database)
      throws SQLException {
    this.hostAndPort = hostAndPort;
    this.superuser = superuser;
    this.parameters = parameters;
    this.embedded = embedded;
    this.connection = connect(database);
    execute(connection, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    execute(connection, "SET track_functions = 'none'");
  }

  /** A server of our own, gone when it is closed. */
  static BenchServer embedded(int major) throws SQLException {
    PostgresServer server = PostgresServer.start(major, SETTINGS);
    return new BenchServer(
        "127.0.0.1:" + server.port(), "postgres", "sslmode=disable", server, "postgres");
  }

  /**
   * A server that runs, by the URL of a superuser; its tables are kept for the next time.
   *
   * @throws IllegalArgumentException if that is not such a URL
   */
  static BenchServer at(String url) throws SQLException {
    URI uri = URI.create(url);
    String user = uri.getRawUserInfo();
    if (uri.getHost() == null || user == null) {
      throw new IllegalArgumentException(
          "not postgresql://user[:password]@host[:port]/database: " + url);
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    String query = uri.getRawQuery() == null ? "sslmode=disable" : uri.getRawQuery();
    String path = uri.getPath();
    return new BenchServer(
        uri.getHost() + ":" + port,
        user,
        query,
        null,
        path == null || path.length() < 2 ? "postgres" : path.substring(1));
  }

  private Connection connect(String database) throws SQLException {
    int colon = superuser.indexOf(':');
    String login =
        colon < 0
            ? "user=" + superuser
            : "user="
                + superuser.substring(0, colon)
                + "&password="
                + superuser.substring(colon + 1);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + hostAndPort + "/" + database + "?" + login + "&" + parameters);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean exists(String sql, String parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** The version, as the server writes it. */
  String version() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW server_version")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Makes a role that may see all an exporter shows, and no more. */
  void createRole(String role) throws SQLException {
    if (!exists("SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      execute(connection, "CREATE ROLE " + role);
    }
    execute(connection, "ALTER ROLE " + role + " LOGIN NOSUPERUSER PASSWORD '" + password + "'");
    execute(connection, "GRANT pg_monitor TO " + role);
  }

  /** A database with this many tables, made unless it is there, and its name. */
  String createDatabase(int tables) throws SQLException {
    String name = "yagura_bench_" + tables;
    if (exists("SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      if (countTables(name) == tables) {
        return name;
      }
      execute(connection, "DROP DATABASE " + name + " WITH (FORCE)");
    }
    execute(connection, "CREATE DATABASE " + name);
    try (Connection inside = connect(name)) {
      for (int first = 1; first <= tables; first += TABLES_A_BATCH) {
        int last = Math.min(first + TABLES_A_BATCH - 1, tables);
        execute(inside, TABLES.formatted(first, last));
      }
      execute(inside, "ANALYZE");
      execute(inside, "CHECKPOINT");
    }
    return name;
  }

  private int countTables(String database) throws SQLException {
    try (Connection inside = connect(database);
        Statement statement = inside.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_user_tables")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The URL by which a role reaches a database. */
  String url(String role, String database) {
    return "postgresql://"
        + role
        + ":"
        + URLEncoder.encode(password, StandardCharsets.UTF_8)
        + "@"
        + hostAndPort
        + "/"
        + database
        + "?"
        + parameters;
  }

  /** What the server did for a role so far. */
  Spent spent(String role) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SPENT)) {
      statement.setString(1, role);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Spent(rows.getDouble("calls"), rows.getDouble("milliseconds"));
      }
    }
  }

  /** The milliseconds that each statement of a role has taken so far. */
  Map<String, Double> statements(String role) throws SQLException {
    Map<String, Double> statements = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(STATEMENTS)) {
      statement.setString(1, role);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          statements.put(rows.getString("statement"), rows.getDouble("milliseconds"));
        }
      }
    }
    return statements;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
