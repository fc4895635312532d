package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** A database that answers as an Aurora would, with its own content, on a real server. */
final class AuroraStandIn implements AutoCloseable {
  /** In goldens as a label. */
  static final String DATABASE = "aurora_shop";

  private final PostgresServer server;
  private final Deque<KeptConnection> connections = new ArrayDeque<>();

  private AuroraStandIn(PostgresServer server) {
    this.server = server;
  }

  /** A database on this major, with the stand-ins and the content they begin with. */
  static AuroraStandIn on(int major) throws SQLException, IOException {
    AuroraStandIn standIn = plain(major);
    standIn.execute(script("stand-ins.sql"));
    return standIn;
  }

  /** A database of an ordinary PostgreSQL. */
  static AuroraStandIn plain(int major) throws SQLException {
    PostgresServer server = PostgresServer.shared(major);
    server.execute("postgres", "CREATE DATABASE " + DATABASE);
    return new AuroraStandIn(server);
  }

  /** All scrapers of Aurora, with a state of their own. */
  static List<PgScraper> scrapers(LongSupplier nanoClock) {
    return List.of(
        AuroraReplicaStatusScraper.replicaStatus(nanoClock),
        AuroraWaitsScraper.WAITS,
        AuroraDmlScraper.DML,
        AuroraCommitScraper.COMMIT,
        AuroraStatementsScraper.statements(),
        AuroraStatDatabaseScraper.STAT_DATABASE,
        AuroraOptimizedReadsCacheScraper.OPTIMIZED_READS_CACHE,
        AuroraMemoryScraper.MEMORY,
        AuroraMemoryContextsScraper.MEMORY_CONTEXTS,
        AuroraLogicalWalCacheScraper.LOGICAL_WAL_CACHE,
        AuroraGlobalScraper.GLOBAL,
        AuroraCcmScraper.CCM,
        AuroraVersionScraper.VERSION_INFO);
  }

  static String script(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(AuroraStandIn.class.getResourceAsStream("/aurora/" + name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void execute(String... statements) throws SQLException {
    server.execute(DATABASE, statements);
  }

  PostgresServer server() {
    return server;
  }

  /** Makes what differs between servers and moments the same everywhere. */
  void steady() throws SQLException {
    execute(
        "UPDATE aurora_stand_in.this_instance SET version = '17.5.0'",
        "DELETE FROM aurora_stand_in.backend_resources"
            + " WHERE backend_type IN ('client backend', 'autovacuum launcher')");
  }

  /** A new session: what Aurora can do is found with the connection. */
  PgSession session() throws Exception {
    return session("postgres");
  }

  PgSession session(String user) throws Exception {
    var address =
        Address.parse("postgresql://" + user + "@127.0.0.1:" + server.port() + "/" + DATABASE);
    var connection = new KeptConnection(new Connector(address, "", null), true, System::nanoTime);
    connections.push(connection);
    return connection.open(deadline());
  }

  /** Ends the connection of the newest session, which does not know it. */
  void hangUp() {
    connections.pop().close();
  }

  static Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(20), System::nanoTime);
  }

  static String text(PgScraper scraper, PgSession session) throws Exception {
    Snapshot snapshot = scraper.scrape(session, deadline());
    Samples samples = Samples.of(List.of(snapshot), ConstantLabels.none());
    if (samples.duplicates() > 0) {
      throw new AssertionError(scraper.name() + " gave the same series twice");
    }
    return Expositions.render(List.of(samples));
  }

  static ParsedExposition ask(PgScraper scraper, PgSession session) throws Exception {
    return Expositions.parse(text(scraper, session));
  }

  /** Asks in a new session. */
  ParsedExposition ask(PgScraper scraper) throws Exception {
    PgSession session = session();
    ParsedExposition answer = ask(scraper, session);
    hangUp();
    return answer;
  }

  @Override
  public void close() throws SQLException {
    connections.forEach(KeptConnection::close);
    server.dropDatabase(DATABASE);
  }
}
