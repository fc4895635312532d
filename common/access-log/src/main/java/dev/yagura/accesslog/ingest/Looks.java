package dev.yagura.accesslog.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When each source last looked at everything, and all of that was dealt with. */
final class Looks {
  static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS ingest_look (
        source TEXT NOT NULL PRIMARY KEY,
        began INTEGER NOT NULL
      ) WITHOUT ROWID;
      """;

  private final Map<String, Instant> last = new ConcurrentHashMap<>();

  void load(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT source, began FROM ingest_look")) {
      while (rows.next()) {
        last.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
      }
    }
  }

  Optional<Instant> last(String source) {
    return Optional.ofNullable(last.get(source));
  }

  /** Writes it; it is {@link #last} from {@link #committed} on. */
  void write(Connection transaction, String source, Instant began) throws SQLException {
    try (PreparedStatement statement =
        transaction.prepareStatement(
            """
            INSERT INTO ingest_look (source, began) VALUES (?, ?)
            ON CONFLICT (source) DO UPDATE SET began = max(began, excluded.began)
            """)) {
      statement.setString(1, source);
      statement.setLong(2, began.toEpochMilli());
      statement.executeUpdate();
    }
  }

  void committed(String source, Instant began) {
    last.merge(source, began, (old, fresh) -> fresh.isAfter(old) ? fresh : old);
  }
}
