package dev.yagura.cloudfront.store;

import static dev.yagura.cloudfront.store.TrackedRows.CHANGED;
import static dev.yagura.cloudfront.store.TrackedRows.SHOWN;
import static dev.yagura.cloudfront.store.TrackedRows.STORED;
import static dev.yagura.cloudfront.store.TrackedRows.WEIGHTS;

import dev.yagura.cloudfront.count.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The objects of one distribution in the database, those that are tracked and those kept. */
final class ObjectRows {
  private static final String READ =
      "SELECT object, "
          + Schema.COUNTERS
          + ", weights, errors, kept FROM object WHERE distribution = ? ORDER BY kept, object";
  private static final String WRITE =
      "REPLACE INTO object (distribution, object, "
          + Schema.COUNTERS
          + ", weights, errors, kept) VALUES ("
          + Schema.marks(Column.COUNT + 5)
          + ")";
  private static final String DELETE = "DELETE FROM object WHERE distribution = ? AND object = ?";

  /** Rows that are handed over at once. */
  private static final int BATCH = 1000;

  private final long distribution;

  ObjectRows(long distribution) {
    this.distribution = distribution;
  }

  /** Reads all into one that is empty. */
  void read(Connection database, TrackedObjects into) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(READ)) {
      statement.setLong(1, distribution);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          read(found, into);
        }
      }
    }
  }

  private static void read(ResultSet found, TrackedObjects into) throws SQLException {
    byte[] object = found.getBytes(1);
    long[] counters = Cells.get(found, 2, Column.COUNT);
    long kept = found.getLong(Column.COUNT + 4);
    if (kept > 0) {
      into.kept().restore(object, kept, counters);
      return;
    }
    TrackedRows rows = into.rows();
    int row = rows.add(object);
    rows.count(row, counters);
    double[] weights = Cells.fractions(found.getBytes(Column.COUNT + 2), WEIGHTS);
    double[] errors = Cells.fractions(found.getBytes(Column.COUNT + 3), WEIGHTS);
    for (int weight = 0; weight < WEIGHTS; weight++) {
      rows.weigh(row, weight, weights[weight]);
      rows.doubt(row, weight, errors[weight]);
    }
    rows.set(row, kept == Schema.TRACKED_AND_SHOWN ? STORED | SHOWN : STORED);
  }

  /** Writes what has changed; it counts as stored from here on. */
  void write(Connection transaction, TrackedObjects objects) throws SQLException {
    delete(transaction, objects.removals());
    try (PreparedStatement statement = transaction.prepareStatement(WRITE)) {
      for (KeptObjects.Kept kept : objects.kept().changes()) {
        int next = begin(statement, kept.object(), kept.counters());
        end(statement, next, null, null, kept.sequence());
      }
      int batched = 0;
      for (int row : changed(objects.rows())) {
        add(statement, objects.rows(), row);
        if (++batched % BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
  }

  /** In the order of the table, so that neighbours are written together. */
  private static int[] changed(TrackedRows rows) {
    return IntStream.range(0, rows.size())
        .filter(row -> rows.is(row, CHANGED))
        .boxed()
        .sorted((one, two) -> Arrays.compareUnsigned(rows.object(one), rows.object(two)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void add(PreparedStatement statement, TrackedRows rows, int row) throws SQLException {
    double[] weights = new double[WEIGHTS];
    double[] errors = new double[WEIGHTS];
    boolean exact = true;
    for (int weight = 0; weight < WEIGHTS; weight++) {
      weights[weight] = rows.weight(row, weight);
      errors[weight] = rows.error(row, weight);
      exact &= errors[weight] == 0;
    }
    int next = begin(statement, rows.object(row), rows.counts(row).toArray());
    long kept = rows.is(row, SHOWN) ? Schema.TRACKED_AND_SHOWN : Schema.TRACKED;
    end(statement, next, Cells.pack(weights), exact ? null : Cells.pack(errors), kept);
    rows.clear(row, CHANGED);
    rows.set(row, STORED);
  }

  private int begin(PreparedStatement statement, byte[] object, long[] counters)
      throws SQLException {
    statement.setLong(1, distribution);
    statement.setBytes(2, object);
    return Cells.set(statement, 3, counters);
  }

  private static void end(
      PreparedStatement statement,
      int next,
      byte @Nullable [] weights,
      byte @Nullable [] errors,
      long kept)
      throws SQLException {
    statement.setBytes(next, weights);
    statement.setBytes(next + 1, errors);
    statement.setLong(next + 2, kept);
    statement.addBatch();
  }

  private void delete(Connection transaction, List<byte[]> objects) throws SQLException {
    if (objects.isEmpty()) {
      return;
    }
    objects.sort(Arrays::compareUnsigned);
    try (PreparedStatement statement = transaction.prepareStatement(DELETE)) {
      int batched = 0;
      for (byte[] object : objects) {
        statement.setLong(1, distribution);
        statement.setBytes(2, object);
        statement.addBatch();
        if (++batched % BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
  }
}
