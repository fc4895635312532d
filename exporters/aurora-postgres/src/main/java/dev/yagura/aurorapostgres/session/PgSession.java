package dev.yagura.aurorapostgres.session;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One open connection, and a way to run a statement on it before a deadline. */
public final class PgSession {
  private final Connection connection;
  private final ServerInfo server;
  private final Map<List<@Nullable Object>, List<Row>> shared = new HashMap<>();

  PgSession(Connection connection, ServerInfo server) {
    this.connection = connection;
    this.server = server;
  }

  public ServerInfo server() {
    return server;
  }

  /**
   * Runs one statement and reads its whole answer.
   *
   * @param parameters bound in order; null is NULL
   * @throws UnsupportedException if the server has no such function, relation or feature
   * @throws ScrapeException if there is no whole answer before the deadline
   */
  public List<Row> query(VersionedSql sql, Deadline deadline, @Nullable Object... parameters)
      throws ScrapeException, UnsupportedException {
    String statement = withSchemas(sql.forServer(server.major()));
    try {
      return query(connection, statement, deadline, parameters);
    } catch (SQLException e) {
      if (SqlStates.isUnsupported(e)) {
        throw SqlStates.unsupported(e);
      }
      throw SqlStates.failure(e);
    }
  }

  /**
   * As {@link #query}, leaving the answer for {@link #shared} for as long as this session lives.
   */
  public List<Row> queryShared(VersionedSql sql, Deadline deadline, @Nullable Object... parameters)
      throws ScrapeException, UnsupportedException {
    List<Row> rows = query(sql, deadline, parameters);
    shared.put(key(sql, parameters), rows);
    return rows;
  }

  /** What {@link #queryShared} was answered to the same question in this session, if it was. */
  public Optional<List<Row>> shared(VersionedSql sql, @Nullable Object... parameters) {
    return Optional.ofNullable(shared.get(key(sql, parameters)));
  }

  private static List<@Nullable Object> key(VersionedSql sql, @Nullable Object... parameters) {
    List<@Nullable Object> key = new ArrayList<>(Arrays.asList(parameters));
    key.add(sql);
    return key;
  }

  static List<Row> query(
      Connection connection, String statement, Deadline deadline, @Nullable Object... parameters)
      throws SQLException, ScrapeException {
    setSocketTimeout(connection, deadline);
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < parameters.length; i++) {
        prepared.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = prepared.executeQuery()) {
        return Rows.read(result);
      }
    }
  }

  /** A wire that is frozen ends here: neither statement_timeout nor a cancel would get through. */
  private static void setSocketTimeout(Connection connection, Deadline deadline)
      throws SQLException, ScrapeException {
    int millis = (int) Math.min(deadline.remaining().toMillis(), Integer.MAX_VALUE);
    if (millis <= 0) {
      throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to ask");
    }
    connection.setNetworkTimeout(Runnable::run, millis);
  }

  /**
   * Puts an extension's schema before its functions, written {@code @pg_stat_statements@.name}: the
   * search path holds pg_catalog alone, so that nobody can put a function of their own in the way.
   */
  private String withSchemas(String sql) throws UnsupportedException {
    var result = new StringBuilder(sql);
    int start = 0;
    while ((start = result.indexOf("@", start)) >= 0) {
      int end = result.indexOf("@", start + 1);
      if (end < 0) {
        break;
      }
      String extension = result.substring(start + 1, end);
      Requirement.extension(extension).check(server);
      String schema = String.valueOf(server.extensions().get(extension)).replace("\"", "\"\"");
      result.replace(start, end + 1, '"' + schema + '"');
      start += schema.length() + 2;
    }
    return result.toString();
  }
}
