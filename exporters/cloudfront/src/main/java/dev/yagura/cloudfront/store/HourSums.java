package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.report.ReportSource.Span;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sums over hours, by one connection. */
final class HourSums {
  private static final String IN_WINDOW = " WHERE distribution = ? AND hour >= ? AND hour < ?";

  private static final String SUMS = sums("");
  private static final String OBJECT_SUMS = sums("hour_object.");

  /** No distribution has this id. */
  private static final long NONE = -1;

  private final Connection connection;

  HourSums(Connection connection) {
    this.connection = connection;
  }

  /**
   * Hours of a distribution.
   *
   * @param from the first hour since 1970
   * @param to the hour behind the last
   */
  record Window(long distribution, long from, long to) {}

  /**
   * All requests of a window.
   *
   * @param hours of which something is known
   * @param bound what an object that is missing in some hours may have had there, in the order
   */
  record Total(long hours, Counts counts, long bound) {}

  private static String sums(String table) {
    return Arrays.stream(Column.values())
        .map(column -> "sum(" + table + Schema.name(column) + ")")
        .collect(Collectors.joining(", "));
  }

  /** The bytes of an object, a character each: what objects are told apart by. */
  static String key(byte[] object) {
    return new String(object, StandardCharsets.ISO_8859_1);
  }

  /** The object of a key. */
  static byte[] object(String key) {
    return key.getBytes(StandardCharsets.ISO_8859_1);
  }

  List<String> distributions() throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM distribution ORDER BY name");
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  /** The id of a distribution, or one that none has. */
  long id(String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM distribution WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? found.getLong(1) : NONE;
      }
    }
  }

  Optional<Span> span(long distribution) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT min(hour), max(hour), count(*) FROM hour WHERE distribution = ?")) {
      statement.setLong(1, distribution);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() && found.getLong(3) > 0
            ? Optional.of(new Span(hour(found.getLong(1)), hour(found.getLong(2))))
            : Optional.empty();
      }
    }
  }

  private static Instant hour(long hour) {
    return Instant.ofEpochSecond(hour * 3600);
  }

  /** When the newest request was, in seconds since 1970. */
  Optional<Long> newest(long distribution) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT value FROM total WHERE distribution = ? AND name = ?")) {
      statement.setLong(1, distribution);
      statement.setString(2, Totals.NEWEST);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(found.getLong(1)) : Optional.empty();
      }
    }
  }

  Total total(Window window, Order order) throws SQLException {
    String bound = "bound_" + Order.WEIGHTS.get(order.weight()).label();
    try (PreparedStatement statement =
            prepare(
                "SELECT " + SUMS + ", sum(" + bound + "), count(*) FROM hour" + IN_WINDOW, window);
        ResultSet found = statement.executeQuery()) {
      found.next();
      return new Total(
          found.getLong(Column.COUNT + 2),
          Counts.of(Cells.get(found, 1, Column.COUNT)),
          found.getLong(Column.COUNT + 1));
    }
  }

  private PreparedStatement prepare(String sql, Window window) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setLong(1, window.distribution());
    statement.setLong(2, window.from());
    statement.setLong(3, window.to());
    return statement;
  }

  /**
   * What objects have in an order, and in how many hours, where it is not less than this in an
   * hour: one pass in bounded memory.
   */
  HeavyHitters read(Window window, Order order, long least, int objectsAtMost) throws SQLException {
    String value = order.columns().stream().map(Schema::name).collect(Collectors.joining(" + "));
    String sql = "SELECT object, " + value + " FROM hour_object" + IN_WINDOW;
    var objects = new HeavyHitters(2, new int[][] {{0}}, objectsAtMost);
    ObjectTable table = objects.table();
    try (PreparedStatement statement = prepare(sql + " AND " + value + " >= ?", window)) {
      statement.setLong(4, least);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          byte[] object = found.getBytes(1);
          int row = objects.row(object, 0, object.length);
          long[] counters = table.counters(row);
          counters[table.offset(row)] += found.getLong(2);
          counters[table.offset(row) + 1]++;
        }
      }
    }
    return objects;
  }

  /** The sums of these objects; those that have none are missing. */
  Map<String, Counts> of(List<byte[]> objects, Window window) throws SQLException {
    Map<String, Counts> sums = new HashMap<>();
    try (PreparedStatement statement =
        prepare(
            "SELECT "
                + OBJECT_SUMS
                + ", count(*) FROM hour CROSS JOIN hour_object USING (distribution, hour)"
                + IN_WINDOW
                + " AND object = ?",
            window)) {
      for (byte[] object : objects) {
        statement.setBytes(4, object);
        try (ResultSet found = statement.executeQuery()) {
          if (found.next() && found.getLong(Column.COUNT + 1) > 0) {
            sums.put(key(object), Counts.of(Cells.get(found, 1, Column.COUNT)));
          }
        }
      }
    }
    return sums;
  }
}
