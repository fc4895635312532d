package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.format.TruncatedLogException;
import dev.yagura.accesslog.format.UnreadableLogException;
import dev.yagura.accesslog.source.LogObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts lines by their first word, in memory and on disk; a file whose first word is in capitals
 * fails in the way it names.
 */
class WordTally implements Tally<Map<String, Long>> {
  private final Map<String, Long> totals = new TreeMap<>();
  private volatile Map<String, Long> shown = Map.of();

  /** What may be seen outside. */
  Map<String, Long> shown() {
    return shown;
  }

  /** The plain way, for comparison. */
  static Map<String, Long> count(String text) {
    Map<String, Long> counts = new TreeMap<>();
    text.lines().forEach(line -> counts.merge(line.split(" ", 2)[0], 1L, Long::sum));
    return counts;
  }

  @Override
  public String schema() {
    return "CREATE TABLE IF NOT EXISTS word (word TEXT PRIMARY KEY, lines INTEGER NOT NULL)";
  }

  @Override
  public void load(Connection database) throws SQLException {
    totals.clear();
    totals.putAll(stored(database));
  }

  static Map<String, Long> stored(Connection database) throws SQLException {
    Map<String, Long> stored = new TreeMap<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT word, lines FROM word")) {
      while (rows.next()) {
        stored.put(rows.getString(1), rows.getLong(2));
      }
    }
    return stored;
  }

  @Override
  public Map<String, Long> read(LogObject object, InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    switch (text.split("[ \n]", 2)[0]) {
      case "UNREADABLE" -> throw new UnreadableLogException("it is no log");
      case "TRUNCATED" -> throw new TruncatedLogException("it ends in its middle");
      case "BROKEN" -> throw new IOException("it broke off");
      case "BUG" -> throw new IllegalStateException("a bug");
      case "DEEP" -> throw new StackOverflowError();
      default -> {
        return count(text);
      }
    }
  }

  @Override
  public void add(Map<String, Long> counts, Connection transaction) throws SQLException {
    counts.forEach((word, lines) -> totals.merge(word, lines, Long::sum));
    try (PreparedStatement statement =
        transaction.prepareStatement(
            """
            INSERT INTO word (word, lines) VALUES (?, ?)
            ON CONFLICT (word) DO UPDATE SET lines = lines + excluded.lines
            """)) {
      for (Map.Entry<String, Long> entry : counts.entrySet()) {
        statement.setString(1, entry.getKey());
        statement.setLong(2, entry.getValue());
        statement.executeUpdate();
      }
    }
  }

  @Override
  public void publish() {
    shown = Map.copyOf(totals);
  }
}
