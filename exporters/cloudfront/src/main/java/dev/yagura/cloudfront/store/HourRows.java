package dev.yagura.cloudfront.store;

import static dev.yagura.cloudfront.store.TrackedRows.WEIGHTS;

import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.HourCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Hours in the database. */
final class HourRows {
  private static final String THE_HOUR = " WHERE distribution = ? AND hour = ?";
  private static final String READ_HOUR =
      "SELECT " + Schema.COUNTERS + ", " + Schema.BOUNDS + " FROM hour" + THE_HOUR;
  private static final String READ_OBJECTS =
      "SELECT object, " + Schema.COUNTERS + ", errors FROM hour_object" + THE_HOUR;
  private static final String WRITE_HOUR =
      "REPLACE INTO hour (distribution, hour, "
          + Schema.COUNTERS
          + ", "
          + Schema.BOUNDS
          + ") VALUES ("
          + Schema.marks(2 + Column.COUNT + WEIGHTS)
          + ")";
  private static final String WRITE_OBJECT =
      "REPLACE INTO hour_object (distribution, hour, object, "
          + Schema.COUNTERS
          + ", errors) VALUES ("
          + Schema.marks(4 + Column.COUNT)
          + ")";

  private HourRows() {}

  /** Reads an hour; one without requests if there is none. */
  static StoredHour read(Connection database, StoredHour.Key key, int capacity)
      throws SQLException {
    HeavyHitters objects = HourCounts.objects(capacity);
    readObjects(database, key, objects);
    try (PreparedStatement statement = prepare(database, READ_HOUR, key);
        ResultSet found = statement.executeQuery()) {
      if (!found.next()) {
        return new StoredHour(key, Counts.NONE, objects);
      }
      long[] bounds = Cells.get(found, Column.COUNT + 1, WEIGHTS);
      for (int weight = 0; weight < WEIGHTS; weight++) {
        objects.doubtOutside(weight, bounds[weight]);
      }
      return new StoredHour(key, Counts.of(Cells.get(found, 1, Column.COUNT)), objects);
    }
  }

  private static void readObjects(Connection database, StoredHour.Key key, HeavyHitters into)
      throws SQLException {
    try (PreparedStatement statement = prepare(database, READ_OBJECTS, key);
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        byte[] object = found.getBytes(1);
        int row = into.row(object, 0, object.length);
        long[] counters = into.table().counters(row);
        int offset = into.table().offset(row);
        System.arraycopy(Cells.get(found, 2, Column.COUNT), 0, counters, offset, Column.COUNT);
        long[] errors = Cells.numbers(found.getBytes(Column.COUNT + 2), WEIGHTS);
        for (int weight = 0; weight < WEIGHTS; weight++) {
          into.doubt(row, weight, errors[weight]);
        }
      }
    }
  }

  private static PreparedStatement prepare(Connection database, String sql, StoredHour.Key key)
      throws SQLException {
    PreparedStatement statement = database.prepareStatement(sql);
    statement.setLong(1, key.distribution());
    statement.setLong(2, key.hour());
    return statement;
  }

  /**
   * Writes an hour to which a file was added.
   *
   * @param file what it says of this hour
   * @param evicted objects that were stored and have no row any more
   */
  static void write(
      Connection transaction, StoredHour hour, HeavyHitters file, List<byte[]> evicted)
      throws SQLException {
    try (PreparedStatement statement = prepare(transaction, WRITE_HOUR, hour.key())) {
      int next = Cells.set(statement, 3, hour.total().toArray());
      for (int weight = 0; weight < WEIGHTS; weight++) {
        statement.setLong(next + weight, hour.objects().bound(weight));
      }
      statement.executeUpdate();
    }
    deleteObjects(transaction, hour.key(), evicted);
    boolean doubted = false;
    for (int weight = 0; weight < WEIGHTS; weight++) {
      doubted |= file.bound(weight) > 0;
    }
    ObjectTable table = hour.objects().table();
    try (PreparedStatement statement = prepare(transaction, WRITE_OBJECT, hour.key())) {
      for (int row = 0; row < table.size(); row++) {
        if (doubted || file.table().find(table.object(row)) >= 0) {
          set(statement, hour, row);
        }
      }
      statement.executeBatch();
    }
  }

  private static void set(PreparedStatement statement, StoredHour hour, int row)
      throws SQLException {
    long[] errors = new long[WEIGHTS];
    boolean exact = true;
    for (int weight = 0; weight < WEIGHTS; weight++) {
      errors[weight] = hour.objects().error(row, weight);
      exact &= errors[weight] == 0;
    }
    statement.setLong(1, hour.key().distribution());
    statement.setLong(2, hour.key().hour());
    statement.setBytes(3, hour.objects().table().object(row));
    int next = Cells.set(statement, 4, hour.objects().table().row(row));
    statement.setBytes(next, exact ? null : Cells.pack(errors));
    statement.addBatch();
  }

  private static void deleteObjects(
      Connection transaction, StoredHour.Key key, List<byte[]> objects) throws SQLException {
    if (objects.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        transaction.prepareStatement("DELETE FROM hour_object" + THE_HOUR + " AND object = ?")) {
      for (byte[] object : objects) {
        statement.setLong(1, key.distribution());
        statement.setLong(2, key.hour());
        statement.setBytes(3, object);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Some of the hours that are before this one. */
  static List<StoredHour.Key> before(Connection database, long hour, int atMost)
      throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            "SELECT distribution, hour FROM hour WHERE hour < ? ORDER BY hour LIMIT ?")) {
      statement.setLong(1, hour);
      statement.setInt(2, atMost);
      List<StoredHour.Key> keys = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          keys.add(new StoredHour.Key(found.getLong(1), found.getLong(2)));
        }
      }
      return keys;
    }
  }

  static void delete(Connection transaction, StoredHour.Key key) throws SQLException {
    for (String table : List.of("hour", "hour_object")) {
      try (PreparedStatement statement =
          prepare(transaction, "DELETE FROM " + table + THE_HOUR, key)) {
        statement.executeUpdate();
      }
    }
  }
}
