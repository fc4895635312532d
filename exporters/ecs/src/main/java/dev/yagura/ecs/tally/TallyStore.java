package dev.yagura.ecs.tally;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.tally.Tally.Cell;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tally in a state folder. Whatever fails, it is opened anew the next time. For any thread. */
final class TallyStore implements AutoCloseable {
  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS known (key BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS counter (
        series TEXT PRIMARY KEY, value INTEGER NOT NULL, touched INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS since (one INTEGER PRIMARY KEY CHECK (one = 1),
        milliseconds INTEGER NOT NULL)
      """;

  /** Everything that is in it. */
  record Loaded(Map<Key, Long> known, Map<Series, Cell> cells, @Nullable Instant since) {}

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

  synchronized Loaded load() throws ScrapeException {
    try (Statement select = connection().createStatement()) {
      Map<Key, Long> known = new HashMap<>();
      try (ResultSet row = select.executeQuery("SELECT key, at FROM known")) {
        while (row.next()) {
          known.put(Key.read(row.getBytes(1)), row.getLong(2));
        }
      }
      Map<Series, Cell> cells = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery("SELECT series, value, touched FROM counter")) {
        while (row.next()) {
          cells.put(Series.read(row.getString(1)), new Cell(row.getLong(2), row.getLong(3)));
        }
      }
      Instant since = null;
      try (ResultSet row = select.executeQuery("SELECT milliseconds FROM since")) {
        if (row.next()) {
          since = Instant.ofEpochMilli(row.getLong(1));
        }
      }
      return new Loaded(known, cells, since);
    } catch (SQLException e) {
      throw failed("read", e);
    }
  }

  synchronized void begin(Instant since) throws ScrapeException {
    try (Statement insert = connection().createStatement()) {
      insert.executeUpdate(since(since));
    } catch (SQLException e) {
      throw failed("written", e);
    }
  }

  private static String since(Instant since) {
    return "INSERT OR REPLACE INTO since VALUES (1, " + since.toEpochMilli() + ")";
  }

  /** Saves all of it or nothing. */
  synchronized void save(
      Map<Key, Long> fresh,
      Map<Series, Cell> changed,
      Collection<Key> oldKeys,
      Collection<Series> oldSeries,
      @Nullable Instant since)
      throws ScrapeException {
    try {
      Connection writer = connection();
      try (Statement transaction = writer.createStatement()) {
        transaction.executeUpdate("BEGIN IMMEDIATE");
        insert(writer, fresh, changed);
        delete(writer, oldKeys, oldSeries);
        if (since != null) {
          transaction.executeUpdate(since(since));
        }
        transaction.executeUpdate("COMMIT");
      }
    } catch (SQLException e) {
      throw failed("written", e);
    }
  }

  private static void insert(Connection writer, Map<Key, Long> fresh, Map<Series, Cell> changed)
      throws SQLException {
    try (PreparedStatement known =
            writer.prepareStatement("INSERT OR REPLACE INTO known VALUES (?, ?)");
        PreparedStatement counter =
            writer.prepareStatement("INSERT OR REPLACE INTO counter VALUES (?, ?, ?)")) {
      for (Map.Entry<Key, Long> each : fresh.entrySet()) {
        known.setBytes(1, each.getKey().bytes());
        known.setLong(2, each.getValue());
        known.addBatch();
      }
      known.executeBatch();
      for (Map.Entry<Series, Cell> each : changed.entrySet()) {
        counter.setString(1, each.getKey().written());
        counter.setLong(2, each.getValue().value());
        counter.setLong(3, each.getValue().touched());
        counter.addBatch();
      }
      counter.executeBatch();
    }
  }

  private static void delete(
      Connection writer, Collection<Key> oldKeys, Collection<Series> oldSeries)
      throws SQLException {
    try (PreparedStatement known = writer.prepareStatement("DELETE FROM known WHERE key = ?");
        PreparedStatement counter =
            writer.prepareStatement("DELETE FROM counter WHERE series = ?")) {
      for (Key each : oldKeys) {
        known.setBytes(1, each.bytes());
        known.addBatch();
      }
      known.executeBatch();
      for (Series each : oldSeries) {
        counter.setString(1, each.written());
        counter.addBatch();
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
