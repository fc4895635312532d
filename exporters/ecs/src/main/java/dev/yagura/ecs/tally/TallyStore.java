package dev.yagura.ecs.tally;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tally in a state folder. Whatever fails, it is opened anew the next time. For any thread. */
final class TallyStore implements AutoCloseable {
  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS known (place TEXT, cluster TEXT, key BLOB, at INTEGER NOT NULL,
        PRIMARY KEY (place, cluster, key)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS counter (place TEXT, cluster TEXT, series TEXT,
        value INTEGER NOT NULL, touched INTEGER NOT NULL,
        PRIMARY KEY (place, cluster, series)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS since (place TEXT, cluster TEXT, milliseconds INTEGER NOT NULL,
        PRIMARY KEY (place, cluster)) WITHOUT ROWID
      """;

  private final Path folder;
  private final Clock clock;
  // Guarded by this.
  private @Nullable StateDatabase state;
  private boolean closed;

  private TallyStore(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * One that is open, or will be when somebody else in this process has closed it.
   *
   * @throws StateException if it cannot be used
   */
  static TallyStore in(Path folder, Clock clock) throws StateException {
    var store = new TallyStore(folder, clock);
    if (!StateDatabase.heldHere(folder, Tally.APPLICATION)) {
      store.open();
    }
    return store;
  }

  private synchronized StateDatabase open() throws StateException {
    StateDatabase opened = StateDatabase.open(folder, Tally.APPLICATION, clock);
    try (Statement statement = opened.writer().createStatement()) {
      statement.executeUpdate(TABLES);
    } catch (SQLException e) {
      opened.close();
      throw opened.unusable(e);
    }
    state = opened;
    return opened;
  }

  private Connection connection() throws ScrapeException, SQLException {
    if (closed) {
      throw new ScrapeException(FailureReason.UNREACHABLE, "the state of the counters is closed");
    }
    StateDatabase open = state;
    try {
      return (open == null ? open() : open).writer();
    } catch (StateException e) {
      throw new ScrapeException(FailureReason.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes everything that is in it into the book. */
  synchronized void load(Book book) throws ScrapeException {
    try (Statement select = connection().createStatement()) {
      try (ResultSet row = select.executeQuery("SELECT place, cluster, key, at FROM known")) {
        while (row.next()) {
          book.put(where(row), Key.read(row.getBytes("key")), row.getLong("at"));
        }
      }
      try (ResultSet row =
          select.executeQuery("SELECT place, cluster, series, value, touched FROM counter")) {
        while (row.next()) {
          book.put(
              where(row),
              Series.read(row.getString("series")),
              new Counter(row.getLong("value"), row.getLong("touched")));
        }
      }
      try (ResultSet row = select.executeQuery("SELECT place, cluster, milliseconds FROM since")) {
        while (row.next()) {
          book.since(where(row), Instant.ofEpochMilli(row.getLong("milliseconds")));
        }
      }
    } catch (SQLException e) {
      throw failed("read", e);
    }
  }

  private static Where where(ResultSet row) throws SQLException {
    return new Where(row.getString("place"), row.getString("cluster"));
  }

  synchronized void begin(Where where, Instant since) throws ScrapeException {
    try {
      putSince(connection(), Map.of(where, since));
    } catch (SQLException e) {
      throw failed("written", e);
    }
  }

  /** Saves all of it or nothing. */
  synchronized void save(Change change) throws ScrapeException {
    try {
      Connection writer = connection();
      try (Statement transaction = writer.createStatement()) {
        transaction.executeUpdate("BEGIN IMMEDIATE");
        put(writer, change);
        putSince(writer, change.since());
        delete(writer, change);
        transaction.executeUpdate("COMMIT");
      }
    } catch (SQLException e) {
      throw failed("written", e);
    }
  }

  private static void in(PreparedStatement statement, Where where) throws SQLException {
    statement.setString(1, where.place());
    statement.setString(2, where.cluster());
  }

  private static void put(Connection writer, Change change) throws SQLException {
    try (PreparedStatement known =
            writer.prepareStatement("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)");
        PreparedStatement counter =
            writer.prepareStatement("INSERT OR REPLACE INTO counter VALUES (?, ?, ?, ?, ?)")) {
      for (Map.Entry<Key, Long> each : change.keys().entrySet()) {
        in(known, change.where());
        known.setBytes(3, each.getKey().bytes());
        known.setLong(4, each.getValue());
        known.addBatch();
      }
      known.executeBatch();
      for (Map.Entry<Series, Counter> each : change.counters().entrySet()) {
        in(counter, change.where());
        counter.setString(3, each.getKey().written());
        counter.setLong(4, each.getValue().value());
        counter.setLong(5, each.getValue().touched());
        counter.addBatch();
      }
      counter.executeBatch();
    }
  }

  private static void putSince(Connection writer, Map<Where, Instant> since) throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT OR REPLACE INTO since VALUES (?, ?, ?)")) {
      for (Map.Entry<Where, Instant> each : since.entrySet()) {
        in(insert, each.getKey());
        insert.setLong(3, each.getValue().toEpochMilli());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void delete(Connection writer, Change change) throws SQLException {
    try (PreparedStatement known =
            writer.prepareStatement(
                "DELETE FROM known WHERE place = ? AND cluster = ? AND key = ?");
        PreparedStatement counter =
            writer.prepareStatement(
                "DELETE FROM counter WHERE place = ? AND cluster = ? AND series = ?")) {
      for (Map.Entry<Where, Set<Key>> old : change.oldKeys().entrySet()) {
        for (Key each : old.getValue()) {
          in(known, old.getKey());
          known.setBytes(3, each.bytes());
          known.addBatch();
        }
      }
      known.executeBatch();
      for (Map.Entry<Where, List<Series>> old : change.oldSeries().entrySet()) {
        for (Series each : old.getValue()) {
          in(counter, old.getKey());
          counter.setString(3, each.written());
          counter.addBatch();
        }
      }
      counter.executeBatch();
    }
  }

  private ScrapeException failed(String what, SQLException e) {
    // Whatever broke it may be over the next time.
    if (state != null) {
      state.close();
      state = null;
    }
    return new ScrapeException(
        FailureReason.UNREACHABLE,
        "the state of the counters cannot be " + what + ": " + e.getMessage(),
        e);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (state != null) {
      state.close();
    }
  }
}
