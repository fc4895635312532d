package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.ObjectId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tally and its database, used as the ingest does. */
final class StateFile implements AutoCloseable {
  static final String DISTRIBUTION = "EDFDVBD6EXAMPLE";
  private static final String FILE = DISTRIBUTION + ".2026-11-23-10.0123abcd.gz";

  private final Path file;
  private final Clock clock;
  private Connection database;
  private CloudFrontTally tally;

  StateFile(Path folder, StoreSettings settings, Clock clock) throws SQLException {
    this.file = folder.resolve("state.db");
    this.clock = clock;
    this.database = connect();
    this.tally = started(settings);
  }

  private Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = OFF");
    }
    return connection;
  }

  private CloudFrontTally started(StoreSettings settings) throws SQLException {
    var fresh = new CloudFrontTally(settings, clock);
    try (Statement statement = database.createStatement()) {
      statement.executeUpdate(fresh.schema());
    }
    fresh.load(database);
    database.setAutoCommit(false);
    return fresh;
  }

  /** As after the process was killed and started again. */
  void restart(StoreSettings settings) throws SQLException {
    database.close();
    database = connect();
    tally = started(settings);
  }

  CloudFrontTally tally() {
    return tally;
  }

  static LogObject named(String name, Optional<String> resource) {
    return new LogObject(
        new ObjectId("s3://logs/cf/" + name, "1"),
        1,
        Instant.EPOCH,
        resource,
        LogShape.OF_FILE,
        () -> {
          throw new IOException("not to be opened");
        });
  }

  LogCounts read(List<Request> requests) throws IOException {
    return read(named(FILE, Optional.empty()), requests);
  }

  LogCounts read(LogObject object, List<Request> requests) throws IOException {
    return tally.read(object, new ByteArrayInputStream(Request.file(requests)));
  }

  void add(List<Request> requests) throws IOException, SQLException {
    add(read(requests));
  }

  void add(LogCounts counts) throws SQLException {
    tally.add(counts, database);
    database.commit();
    tally.publish();
  }

  /** Adds a file in a transaction that fails in the end. */
  void addInVain(List<Request> requests) throws IOException, SQLException {
    tally.add(read(requests), database);
    database.rollback();
    tally.load(database);
    database.rollback();
  }

  DistributionView view() {
    return Objects.requireNonNull(viewOrNull(), "nothing was counted");
  }

  @Nullable DistributionView viewOrNull() {
    return tally.view().distributions().get(DISTRIBUTION);
  }

  Reports reports() {
    return new Reports(this::connect, Map.of(DISTRIBUTION, "shop"), clock);
  }

  /** The first column of the first row of an answer. */
  long ask(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Is told what is stored of one tracked object. */
  interface Look {
    void at(String object, double[] weights, double[] errors);
  }

  void eachTracked(Look look) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT object, weights, errors FROM object WHERE kept <= 0")) {
      while (found.next()) {
        look.at(
            ObjectLabel.text(found.getBytes(1)),
            Cells.fractions(found.getBytes(2), TrackedRows.WEIGHTS),
            Cells.fractions(found.getBytes(3), TrackedRows.WEIGHTS));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
