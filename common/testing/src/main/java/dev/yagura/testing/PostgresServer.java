package dev.yagura.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real PostgreSQL on a free port of 127.0.0.1, superuser {@code postgres} without a password. It
 * never outlives this JVM, however that ends.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final List<Integer> MAJORS = IntStream.rangeClosed(13, 18).boxed().toList();

  private static final Map<String, String> SETTINGS =
      Map.of(
          "shared_preload_libraries", "pg_stat_statements",
          "track_io_timing", "on",
          "max_prepared_transactions", "10",
          "wal_level", "logical",
          "max_connections", "60",
          "fsync", "off",
          "listen_addresses", "127.0.0.1",
          // Nothing outside its directory, so that a server that was killed leaves nothing behind.
          "unix_socket_directories", "",
          "dynamic_shared_memory_type", "mmap");

  /** Held here, as a logger that nobody holds forgets its level. */
  private static final Logger LIBRARY = Logger.getLogger("io.zonky.test");

  private static final Map<Integer, PostgresServer> SHARED = new ConcurrentHashMap<>();
  private static final Set<PostgresServer> RUNNING = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  static {
    // What goes wrong comes as an exception; a server that a test has killed is no news.
    LIBRARY.setLevel(Level.OFF);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RUNNING.forEach(PostgresServer::shutDown), "postgres-shutdown"));
  }

  private final int major;
  private final Map<String, String> settings;
  private final Path directory;
  private final PostgresWatchdog watchdog;

  private EmbeddedPostgres embedded;
  private ProcessTree processes;

  private PostgresServer(int major, Map<String, String> settings) throws IOException {
    this.major = major;
    this.settings = settings;
    directory = Files.createTempDirectory("yagura-postgres-" + major + "-");
    watchdog = new PostgresWatchdog(directory);
    try {
      embedded = launch(0);
      processes = postmaster();
    } catch (IOException | RuntimeException e) {
      String log = log();
      remove();
      throw new IOException("PostgreSQL " + major + " did not start: " + log, e);
    }
    RUNNING.add(this);
  }

  /** The majors that Yagura supports, ascending. */
  public static List<Integer> majors() {
    return MAJORS;
  }

  /**
   * The server of this major that all tests of this JVM share; started by the first one who asks.
   * Closing it does nothing, and nobody freezes or stops it: that is for a server of one's own.
   */
  public static PostgresServer shared(int major) {
    return SHARED.computeIfAbsent(major, wanted -> start(wanted, Map.of()));
  }

  /**
   * A server of one's own.
   *
   * @param settings as in postgresql.conf, in place of or beside those of the shared server
   */
  public static PostgresServer start(int major, Map<String, String> settings) {
    if (!MAJORS.contains(major)) {
      throw new IllegalArgumentException("PostgreSQL " + major + " is none of " + MAJORS);
    }
    Map<String, String> all = new HashMap<>(SETTINGS);
    all.putAll(settings);
    try {
      return new PostgresServer(major, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddedPostgres launch(int port) throws IOException {
    // Unpacked once a user: another user's files could not be written over.
    var unpacked =
        new File(
            System.getProperty("java.io.tmpdir"),
            "yagura-postgres-binaries-" + System.getProperty("user.name"));
    var log = ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver(new PostgresArchive(major))
            .setOverrideWorkingDirectory(unpacked)
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(port)
            .setPGStartupWait(Duration.ofSeconds(30))
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setLocaleConfig("locale", "C");
    settings.forEach(builder::setServerConfig);
    return builder.start();
  }

  /** The postmaster, which is no child of ours; without one, the port was another's. */
  private ProcessTree postmaster() throws IOException {
    try (BufferedReader file = Files.newBufferedReader(pidFile())) {
      String pid = file.readLine();
      return ProcessHandle.of(Long.parseLong(String.valueOf(pid)))
          .map(ProcessTree::new)
          .orElseThrow(() -> new IOException("no process " + pid));
    }
  }

  private Path pidFile() {
    return directory.resolve("data").resolve("postmaster.pid");
  }

  /** Its major version. */
  public int major() {
    return major;
  }

  /** The port of 127.0.0.1 that it listens on; a restart keeps it. */
  public int port() {
    return embedded.getPort();
  }

  /** A URL for the driver, without any timeout. */
  public String jdbcUrl(String database, String user) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=" + user;
  }

  /** Connects as superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database, SUPERUSER));
  }

  /** Creates an empty database whose name was never used before, and tells the name. */
  public String createDatabase() throws SQLException {
    String name = "test_" + DATABASES.incrementAndGet();
    execute(SUPERUSER, "CREATE DATABASE " + name);
    return name;
  }

  /** Drops a database and ends whatever sessions it has. */
  public void dropDatabase(String name) throws SQLException {
    execute(SUPERUSER, "DROP DATABASE \"" + name.replace("\"", "\"\"") + "\" WITH (FORCE)");
  }

  /** Runs these statements as superuser, each in a transaction of its own. */
  public void execute(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** How many sessions of this application it has now. */
  public long sessions(String applicationName) throws SQLException {
    return count("application_name = ?", applicationName);
  }

  /** How many of this application's sessions are inside a transaction now. */
  public long transactions(String applicationName) throws SQLException {
    return count(
        "application_name = ? AND (xact_start IS NOT NULL OR state LIKE 'idle in transaction%')",
        applicationName);
  }

  private long count(String where, String applicationName) throws SQLException {
    String sql = "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + where;
    try (Connection connection = connect(SUPERUSER);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, applicationName);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** Whether its postmaster runs. */
  public boolean isRunning() {
    return processes.isAlive();
  }

  /** Stops all its processes where they stand: it accepts no more and answers nothing. */
  public void freeze() {
    processes.freeze();
  }

  /** Lets a frozen server go on. */
  public void thaw() {
    processes.thaw();
  }

  /** Shuts down at once, as {@code pg_ctl stop -m immediate}: sessions are told and ended. */
  public void stopHard() {
    processes.thaw();
    processes.end("QUIT");
  }

  /** Kills all its processes, as a host that crashes. */
  public void kill() throws IOException {
    processes.kill();
    // By then the number in it may be another process'.
    Files.deleteIfExists(pidFile());
  }

  /** Starts again on the same port with the same data, after a stop if it still runs. */
  public void restart() throws IOException {
    int port = port();
    halt();
    embedded = launch(port);
    processes = postmaster();
  }

  /** What it wrote to its log so far. */
  public String log() {
    try {
      return Files.readString(directory.resolve("log"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  /** Stops it and removes its files, unless it is shared. */
  @Override
  public void close() {
    if (!SHARED.containsValue(this)) {
      shutDown();
    }
  }

  private void halt() throws IOException {
    if (processes.isAlive()) {
      stopHard();
    }
    embedded.close();
  }

  private void shutDown() {
    if (RUNNING.remove(this)) {
      try {
        halt();
        remove();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void remove() throws IOException {
    watchdog.dismiss();
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL " + major + " on port " + port();
  }
}
