package dev.yagura.aws.cloudwatch;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where counters survive a restart. Without a folder they do not, and begin at zero again. For any
 * thread.
 */
public final class CounterStore implements AutoCloseable {
  /** The name of its database. */
  public static final String APPLICATION = "cloudwatch";

  /** What CloudWatch itself remembers in periods of a minute; nobody asks for more. */
  private static final Duration KEPT = Duration.ofDays(15);

  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS counter (
        series TEXT PRIMARY KEY,
        seconds INTEGER NOT NULL,
        settled REAL NOT NULL,
        open INTEGER NOT NULL,
        recent BLOB NOT NULL,
        shown REAL NOT NULL,
        until INTEGER NOT NULL
      ) WITHOUT ROWID
      """;

  private final @Nullable Path folder;
  private final Clock clock;
  // Guarded by this.
  private @Nullable StateDatabase state;
  private boolean closed;
  private final Map<String, SumCounter> inMemory = new HashMap<>();

  private CounterStore(@Nullable Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Keeps them in memory: they survive that a resource is away for a while, but no restart. */
  public static CounterStore none() {
    return new CounterStore(null, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  /**
   * Keeps counters in this folder. After a reload it belongs to what was loaded before: then it is
   * opened when it is first used after that let go of it.
   *
   * @throws StateException if it cannot be used
   */
  public static CounterStore in(Path folder, Clock clock) throws StateException {
    var store = new CounterStore(folder, clock);
    if (!StateDatabase.heldHere(folder, APPLICATION)) {
      store.open(folder);
    }
    return store;
  }

  private synchronized StateDatabase open(Path where) throws StateException {
    StateDatabase opened = StateDatabase.open(where, APPLICATION, clock);
    try (Statement statement = opened.writer().createStatement()) {
      statement.executeUpdate(TABLES);
      statement.executeUpdate(
          "DELETE FROM counter WHERE until < (SELECT max(until) FROM counter) - "
              + KEPT.toSeconds());
    } catch (SQLException e) {
      opened.close();
      throw opened.unusable(e);
    }
    state = opened;
    return opened;
  }

  private synchronized Optional<StateDatabase> state() throws ScrapeException {
    if (folder == null || closed) {
      return Optional.empty();
    }
    StateDatabase known = state;
    try {
      return Optional.of(known != null ? known : open(folder));
    } catch (StateException e) {
      throw new ScrapeException(FailureReason.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** The counter of a series as it was saved last. */
  synchronized Optional<SumCounter> load(String series) throws ScrapeException {
    Optional<StateDatabase> database = state();
    if (database.isEmpty()) {
      return Optional.ofNullable(inMemory.get(series));
    }
    try (PreparedStatement select =
        database.get().writer().prepareStatement("SELECT * FROM counter WHERE series = ?")) {
      select.setString(1, series);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new SumCounter(
                    row.getLong("seconds"),
                    row.getDouble("settled"),
                    row.getLong("open"),
                    doubles(row.getBytes("recent")),
                    row.getDouble("shown"),
                    row.getLong("until")))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed("read", e);
    }
  }

  /** Saves all of these or none; they are not to be shown before. */
  synchronized void save(Map<String, SumCounter> counters) throws ScrapeException {
    Optional<StateDatabase> database = state();
    if (database.isEmpty()) {
      remember(counters);
      return;
    }
    if (counters.isEmpty()) {
      return;
    }
    try {
      Connection writer = database.get().writer();
      try (Statement transaction = writer.createStatement()) {
        transaction.executeUpdate("BEGIN IMMEDIATE");
        upsert(writer, counters);
        transaction.executeUpdate("COMMIT");
      }
    } catch (SQLException e) {
      // It is opened anew, and looked at, the next time: whatever broke it may be over then.
      database.get().close();
      state = null;
      throw failed("written", e);
    }
  }

  private void remember(Map<String, SumCounter> counters) {
    inMemory.putAll(counters);
    long newest = counters.values().stream().mapToLong(SumCounter::until).max().orElse(0);
    inMemory.values().removeIf(counter -> counter.until() < newest - KEPT.toSeconds());
  }

  private static void upsert(Connection writer, Map<String, SumCounter> counters)
      throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT OR REPLACE INTO counter VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (Map.Entry<String, SumCounter> each : counters.entrySet()) {
        SumCounter counter = each.getValue();
        insert.setString(1, each.getKey());
        insert.setLong(2, counter.seconds());
        insert.setDouble(3, counter.settled());
        insert.setLong(4, counter.open());
        insert.setBytes(5, bytes(counter.recent()));
        insert.setDouble(6, counter.value());
        insert.setLong(7, counter.until());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static byte[] bytes(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private static double[] doubles(byte[] bytes) {
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }

  private static ScrapeException failed(String what, SQLException e) {
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
