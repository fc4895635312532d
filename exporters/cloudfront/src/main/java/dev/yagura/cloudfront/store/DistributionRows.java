package dev.yagura.cloudfront.store;

import static dev.yagura.cloudfront.store.TrackedRows.WEIGHTS;

import dev.yagura.cloudfront.count.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Distributions in the database: each with its totals, its tracked objects and its members. */
final class DistributionRows {
  private final StoreSettings settings;
  private final Clock clock;

  DistributionRows(StoreSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Reads all that there are. */
  List<Distribution> read(Connection database) throws SQLException {
    List<Distribution> all = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT id, name, half_life, landmark, weights, bounds FROM distribution")) {
      while (found.next()) {
        var fading = new Fading(found.getLong("half_life"), found.getLong("landmark"));
        long id = found.getLong("id");
        NamedTotals totals = totals(database, id);
        var tracked = new TrackedObjects(settings.maxObjects(), fading);
        copy(Cells.fractions(found.getBytes("weights"), WEIGHTS), tracked.totals());
        copy(Cells.fractions(found.getBytes("bounds"), WEIGHTS), tracked.bounds());
        new ObjectRows(id).read(database, tracked);
        readMembers(database, id, tracked.rows());
        all.add(
            new Distribution(id, found.getString("name"), new Totals(totals), tracked, settings));
      }
    }
    return all;
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static NamedTotals totals(Connection database, long id) throws SQLException {
    var totals = new NamedTotals();
    try (PreparedStatement statement =
        database.prepareStatement("SELECT name, value FROM total WHERE distribution = ?")) {
      statement.setLong(1, id);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          totals.restore(found.getString("name"), found.getLong("value"));
        }
      }
    }
    return totals;
  }

  /** Those of rankings that are not configured any more are left out. */
  private void readMembers(Connection database, long id, TrackedRows rows) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement("SELECT ranking, object FROM member WHERE distribution = ?")) {
      statement.setLong(1, id);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          Order ranking = Order.parse(found.getString("ranking"));
          int row = rows.find(found.getBytes("object"));
          if (row >= 0 && settings.rankings().contains(ranking)) {
            rows.set(row, TrackedRows.member(Order.WEIGHTS.indexOf(ranking)));
          }
        }
      }
    }
  }

  /** A new one; it is in the database when it is written. */
  Distribution create(Connection transaction, String name) throws SQLException {
    long landmark = clock.instant().getEpochSecond() / 3600 * 3600;
    var fading = new Fading(settings.halfLife().toSeconds(), landmark);
    try (PreparedStatement statement =
            transaction.prepareStatement(
                "INSERT INTO distribution (name, half_life, landmark, weights, bounds)"
                    + " VALUES (?, ?, ?, ?, ?)");
        Statement last = transaction.createStatement()) {
      byte[] zeros = Cells.pack(new double[WEIGHTS]);
      statement.setString(1, name);
      statement.setLong(2, fading.halfLife());
      statement.setLong(3, fading.landmark());
      statement.setBytes(4, zeros);
      statement.setBytes(5, zeros);
      statement.executeUpdate();
      try (ResultSet id = last.executeQuery("SELECT last_insert_rowid()")) {
        id.next();
        var tracked = new TrackedObjects(settings.maxObjects(), fading);
        return new Distribution(
            id.getLong(1), name, new Totals(new NamedTotals()), tracked, settings);
      }
    }
  }

  /** Writes what has changed. */
  static void write(Connection transaction, Distribution distribution, boolean members)
      throws SQLException {
    TrackedObjects tracked = distribution.tracked();
    try (PreparedStatement statement =
        transaction.prepareStatement(
            "UPDATE distribution SET half_life = ?, landmark = ?, weights = ?, bounds = ?"
                + " WHERE id = ?")) {
      statement.setLong(1, tracked.fading().halfLife());
      statement.setLong(2, tracked.fading().landmark());
      statement.setBytes(3, Cells.pack(tracked.totals()));
      statement.setBytes(4, Cells.pack(tracked.bounds()));
      statement.setLong(5, distribution.id());
      statement.executeUpdate();
    }
    writeTotals(transaction, distribution);
    new ObjectRows(distribution.id()).write(transaction, tracked);
    if (members) {
      writeMembers(transaction, distribution);
    }
  }

  private static void writeTotals(Connection transaction, Distribution distribution)
      throws SQLException {
    try (PreparedStatement statement =
        transaction.prepareStatement(
            "REPLACE INTO total (distribution, name, value) VALUES (?, ?, ?)")) {
      for (Map.Entry<String, Long> total : distribution.totals().named().changes().entrySet()) {
        statement.setLong(1, distribution.id());
        statement.setString(2, total.getKey());
        statement.setLong(3, total.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void writeMembers(Connection transaction, Distribution distribution)
      throws SQLException {
    try (PreparedStatement old =
            transaction.prepareStatement("DELETE FROM member WHERE distribution = ?");
        PreparedStatement statement =
            transaction.prepareStatement(
                "INSERT INTO member (distribution, ranking, object) VALUES (?, ?, ?)")) {
      old.setLong(1, distribution.id());
      old.executeUpdate();
      TrackedRows rows = distribution.tracked().rows();
      for (int row = 0; row < rows.size(); row++) {
        for (int weight = 0; weight < WEIGHTS; weight++) {
          if (rows.is(row, TrackedRows.member(weight))) {
            statement.setLong(1, distribution.id());
            statement.setString(2, Order.WEIGHTS.get(weight).label());
            statement.setBytes(3, rows.object(row));
            statement.addBatch();
          }
        }
      }
      statement.executeBatch();
    }
  }
}
