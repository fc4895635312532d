package dev.yagura.aurorapostgres.session;

import dev.yagura.aurorapostgres.session.Credentials.Login;
import dev.yagura.core.config.Secret;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * Opens connections to one server, each time with the password as it is then. It dials once and in
 * the caller's thread: a wrong password is tried once a scrape, and a refusal is told at once.
 */
public final class Connector {
  /** Below this there is no use in dialling: the driver counts its timeouts in seconds. */
  private static final Duration TOO_LATE = Duration.ofMillis(1100);

  /**
   * Sets up a session that cannot hurt: nothing is written, no lock is waited for, nobody's
   * function stands before the catalog's, no statement is compiled or spread over workers.
   */
  private static final String SET_UP =
      """
      SELECT set_config('search_path', 'pg_catalog, pg_temp', false),
             set_config('default_transaction_read_only', 'on', false),
             set_config('lock_timeout', '200ms', false),
             set_config('idle_in_transaction_session_timeout', '60s', false),
             set_config('jit', 'off', false),
             set_config('max_parallel_workers_per_gather', '0', false),
             set_config('extra_float_digits', '3', false),
             set_config('statement_timeout', ?, false)
      """;

  private static final String BACKEND = "SELECT pg_catalog.pg_backend_pid() AS pid";

  private static final String IDENTIFY =
      """
      SELECT version() AS version,
             current_setting('server_version_num')::int AS version_number,
             current_database()::text AS database,
             to_regproc('pg_catalog.aurora_list_builtins') IS NOT NULL AS aurora
      """;

  private static final String AURORA_FUNCTIONS =
      "SELECT \"Name\"::text AS name FROM aurora_list_builtins()";

  /** Asked once a scrape: it proves that the connection lives, and finds what may have changed. */
  private static final String LOOK =
      """
      SELECT pg_is_in_recovery() AS replica,
             e.extname::text AS extension,
             n.nspname::text AS schema,
             set_config('statement_timeout', ?, false) AS statement_timeout
        FROM (VALUES (1)) one
        LEFT JOIN pg_extension e ON true
        LEFT JOIN pg_namespace n ON n.oid = e.extnamespace
      """;

  private final Address address;
  private final Credentials credentials;
  private final Properties properties;
  private final Driver driver = new Driver();

  /**
   * A connector to this server.
   *
   * @param user in place of the address', where not empty
   * @param password in place of the address', where not null
   * @throws IllegalArgumentException if a parameter of the address is not known
   */
  public Connector(Address address, String user, @Nullable Secret password) {
    this(address, Credentials.of(userOf(address, user), passwordOf(address, password)));
  }

  /**
   * A connector to this server that asks for its login at each connect.
   *
   * @param credentials in place of what the address tells
   * @throws IllegalArgumentException if a parameter of the address is not known
   */
  public Connector(Address address, Credentials credentials) {
    this.address = address;
    this.credentials = credentials;
    this.properties = DriverProperties.defaults();
    this.properties.putAll(DriverProperties.of(address.parameters()));
  }

  private static String userOf(Address address, String user) {
    return user.isEmpty() ? address.user() : user;
  }

  private static @Nullable Secret passwordOf(Address address, @Nullable Secret password) {
    String inAddress = address.password();
    return password == null && inAddress != null ? Secret.of(inAddress) : password;
  }

  public Address address() {
    return address;
  }

  /** A connector to another database of the same server. */
  public Connector to(String database) {
    return new Connector(address.inDatabase(database), credentials);
  }

  /** Dials, logs in, and makes the session harmless before anything is asked. */
  Connection dial(Deadline deadline) throws ScrapeException {
    checkTime(deadline);
    Login login = credentials.login(deadline);
    try {
      return dial(login, deadline);
    } catch (ScrapeException e) {
      if (!isLoginDenied(e)) {
        throw e;
      }
      // Not the same password again: somebody else's login may be locked by that.
      Optional<Login> other = credentials.afterDenial(login, deadline);
      if (other.isPresent()) {
        return dial(other.get(), deadline);
      }
      throw advised(e);
    }
  }

  private static void checkTime(Deadline deadline) throws ScrapeException {
    if (deadline.remaining().compareTo(TOO_LATE) < 0) {
      throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to connect");
    }
  }

  private static boolean isLoginDenied(ScrapeException e) {
    return e.getCause() instanceof SQLException cause
        && String.valueOf(cause.getSQLState()).startsWith("28");
  }

  private ScrapeException advised(ScrapeException e) {
    String advice = credentials.advice();
    return advice.isEmpty()
        ? e
        : new ScrapeException(e.reason(), e.getMessage() + "; " + advice, e.getCause());
  }

  private Connection dial(Login as, Deadline deadline) throws ScrapeException {
    checkTime(deadline);
    var login = new Properties();
    login.putAll(properties);
    DriverProperties.bound(login, deadline.remaining());
    if (!as.user().isEmpty()) {
      login.setProperty("user", as.user());
    }
    String password = as.password();
    if (password != null) {
      login.setProperty("password", password);
    }
    Connection connection = null;
    try {
      connection = driver.connect(url(as.user()), login);
      if (connection == null) {
        throw new ScrapeException(FailureReason.BUG, "the driver does not take its own address");
      }
      refusePooler(connection, deadline);
      PgSession.query(connection, SET_UP, deadline, statementTimeout(deadline));
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw SqlStates.failure(e);
    } catch (ScrapeException | RuntimeException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  /**
   * A pooler hands its connections to others with the settings of this session on them: read-only,
   * for one. It is known by a process number that is not the server's.
   */
  private static void refusePooler(Connection connection, Deadline deadline)
      throws SQLException, ScrapeException {
    double server = PgSession.query(connection, BACKEND, deadline).get(0).number("pid", -1);
    if (server != connection.unwrap(PGConnection.class).getBackendPID()) {
      throw new ScrapeException(
          FailureReason.INVALID,
          "a connection pooler stands before the server; connect to the server itself");
    }
  }

  private String url(String user) {
    return "jdbc:postgresql://" + String.join(",", address.hosts()) + "/" + database(user);
  }

  private String database(String user) {
    String name = address.database().isEmpty() ? user : address.database();
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Finds what a server is; what may change while connected is looked at with each scrape. */
  ServerInfo identify(Connection connection, Deadline deadline) throws ScrapeException {
    try {
      Row row = PgSession.query(connection, IDENTIFY, deadline).get(0);
      Set<String> aurora = null;
      if (row.number("aurora", 0) == 1) {
        aurora = new HashSet<>();
        for (Row function : PgSession.query(connection, AURORA_FUNCTIONS, deadline)) {
          aurora.add(function.text("name", ""));
        }
      }
      return new ServerInfo(
          (int) row.number("version_number", 0),
          row.text("version", ""),
          row.text("database", ""),
          false,
          Map.of(),
          aurora);
    } catch (SQLException e) {
      throw SqlStates.failure(e);
    }
  }

  /** Proves that the connection answers and brings up to date what may have changed. */
  ServerInfo look(Connection connection, ServerInfo known, Deadline deadline)
      throws ScrapeException {
    try {
      List<Row> rows = PgSession.query(connection, LOOK, deadline, statementTimeout(deadline));
      Map<String, String> extensions = new HashMap<>();
      for (Row row : rows) {
        String extension = row.text("extension");
        if (extension != null) {
          extensions.put(extension, row.text("schema", ""));
        }
      }
      return new ServerInfo(
          known.versionNumber(),
          known.version(),
          known.database(),
          rows.get(0).number("replica", 0) == 1,
          Map.copyOf(extensions),
          known.auroraFunctions());
    } catch (SQLException e) {
      throw SqlStates.failure(e);
    }
  }

  /** Whether a dial failed because there is no such database. */
  public static boolean isDropped(ScrapeException failure) {
    return failure.getCause() instanceof SQLException cause && "3D000".equals(cause.getSQLState());
  }

  /** What the server may take for one statement: it gives up before we do. */
  private static String statementTimeout(Deadline deadline) {
    return Math.max(1, deadline.remaining().toMillis() * 95 / 100) + "ms";
  }

  static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException ignored) {
        // It is gone either way.
      }
    }
  }
}
