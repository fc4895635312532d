package dev.yagura.accesslog.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Counters that are shown only once they are committed, so that no kill takes them back.
 *
 * <p>Whatever is counted waits in memory and goes along with the next transaction.
 */
final class Counters {
  static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS ingest_counter (
        name TEXT NOT NULL,
        source TEXT NOT NULL,
        reason TEXT NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (name, source, reason)
      ) WITHOUT ROWID;
      """;

  enum Name {
    OBJECTS,
    BYTES,
    UNREADABLE,
    DUPLICATES,
    FAILED,
    OFFERED,
    UNUSABLE,
    SOURCE_FAILURES
  }

  private record Key(Name name, String source, String reason) {}

  private final Map<Key, Long> waiting = new HashMap<>();
  private final Map<Key, Long> taken = new HashMap<>();
  private final Map<Key, Long> ofTransaction = new HashMap<>();
  private final Map<Key, Long> shown = new HashMap<>();

  /** Reads what is committed. */
  synchronized void load(Connection database) throws SQLException {
    Map<Key, Long> found = new HashMap<>();
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name, source, reason, value FROM ingest_counter")) {
      while (rows.next()) {
        found.put(
            new Key(Name.valueOf(rows.getString(1)), rows.getString(2), rows.getString(3)),
            rows.getLong(4));
      }
    }
    shown.clear();
    shown.putAll(found);
  }

  void add(Name name, long by) {
    add(name, "", "", by);
  }

  synchronized void add(Name name, String source, String reason, long by) {
    waiting.merge(new Key(name, source, reason), by, Long::sum);
  }

  synchronized boolean isAnyWaiting() {
    return !waiting.isEmpty();
  }

  /** Adds to the transaction that is open alone; it is forgotten if that is rolled back. */
  synchronized void addToTransaction(Name name, String reason, long by) {
    ofTransaction.merge(new Key(name, "", reason), by, Long::sum);
  }

  /**
   * Writes what waits and what was added to the transaction; {@link #committed} or {@link
   * #rolledBack} follows.
   */
  void write(Connection transaction) throws SQLException {
    Map<Key, Long> all = take();
    if (all.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        transaction.prepareStatement(
            """
            INSERT INTO ingest_counter (name, source, reason, value) VALUES (?, ?, ?, ?)
            ON CONFLICT (name, source, reason) DO UPDATE SET value = value + excluded.value
            """)) {
      for (Map.Entry<Key, Long> entry : all.entrySet()) {
        statement.setString(1, entry.getKey().name.name());
        statement.setString(2, entry.getKey().source);
        statement.setString(3, entry.getKey().reason);
        statement.setLong(4, entry.getValue());
        statement.executeUpdate();
      }
    }
  }

  private synchronized Map<Key, Long> take() {
    taken.clear();
    taken.putAll(waiting);
    waiting.forEach((key, value) -> ofTransaction.merge(key, value, Long::sum));
    return Map.copyOf(ofTransaction);
  }

  /** What was written is durable. */
  synchronized void committed() {
    ofTransaction.forEach((key, value) -> shown.merge(key, value, Long::sum));
    taken.forEach(
        (key, value) -> {
          long left = waiting.getOrDefault(key, 0L) - value;
          if (left == 0) {
            waiting.remove(key);
          } else {
            waiting.put(key, left);
          }
        });
    rolledBack();
  }

  /** What was written is not durable: what waited waits on. */
  synchronized void rolledBack() {
    ofTransaction.clear();
    taken.clear();
  }

  long get(Name name) {
    return get(name, "", "");
  }

  synchronized long get(Name name, String source, String reason) {
    return shown.getOrDefault(new Key(name, source, reason), 0L);
  }
}
