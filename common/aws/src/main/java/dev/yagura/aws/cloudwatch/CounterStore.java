package dev.yagura.aws.cloudwatch;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
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

  private final @Nullable StateDatabase state;

  private CounterStore(@Nullable StateDatabase state) {
    this.state = state;
  }

  /** Keeps nothing. */
  public static CounterStore none() {
    return new CounterStore(null);
  }

  /**
   * Keeps counters in this database, which is closed with it.
   *
   * @throws StateException if it cannot be used
   */
  public static CounterStore in(StateDatabase state, Instant now) throws StateException {
    try (Statement statement = state.writer().createStatement()) {
      statement.executeUpdate(TABLES);
      statement.executeUpdate(
          "DELETE FROM counter WHERE until < " + now.minus(KEPT).getEpochSecond());
      return new CounterStore(state);
    } catch (SQLException e) {
      state.close();
      throw state.unusable(e);
    }
  }

  /** The counter of a series as it was saved last. */
  synchronized Optional<SumCounter> load(String series) throws ScrapeException {
    if (state == null) {
      return Optional.empty();
    }
    try (PreparedStatement select =
        state.writer().prepareStatement("SELECT * FROM counter WHERE series = ?")) {
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
    if (state == null || counters.isEmpty()) {
      return;
    }
    try {
      Connection writer = state.writer();
      try (Statement transaction = writer.createStatement()) {
        transaction.executeUpdate("BEGIN IMMEDIATE");
        try {
          upsert(writer, counters);
          transaction.executeUpdate("COMMIT");
        } catch (SQLException e) {
          state.reopen();
          throw e;
        }
      }
    } catch (SQLException e) {
      throw failed("written", e);
    }
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
  public void close() {
    if (state != null) {
      state.close();
    }
  }
}
