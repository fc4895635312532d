package dev.yagura.cloudfront.store;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Order;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables, and the columns that several of them share. */
final class Schema {
  /** The counters, in the order of {@link Column#index}. */
  static final String COUNTERS =
      Arrays.stream(Column.values()).map(Schema::name).collect(Collectors.joining(", "));

  /** What an object that an hour does not keep may have, in the order of {@link Order#WEIGHTS}. */
  static final String BOUNDS =
      Order.WEIGHTS.stream()
          .map(order -> "bound_" + order.label())
          .collect(Collectors.joining(", "));

  /** {@code kept} of an object that is tracked and was no member yet. */
  static final long TRACKED = 0;

  /** {@code kept} of an object that is tracked and was a member; those that left have more. */
  static final long TRACKED_AND_SHOWN = -1;

  static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS distribution (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        half_life INTEGER NOT NULL,
        landmark INTEGER NOT NULL,
        weights BLOB NOT NULL,
        bounds BLOB NOT NULL
      );
      CREATE TABLE IF NOT EXISTS total (
        distribution INTEGER NOT NULL,
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (distribution, name)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS object (
        distribution INTEGER NOT NULL,
        object BLOB NOT NULL,
        %1$s,
        weights BLOB,
        errors BLOB,
        kept INTEGER NOT NULL,
        PRIMARY KEY (distribution, object)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS member (
        distribution INTEGER NOT NULL,
        ranking TEXT NOT NULL,
        object BLOB NOT NULL,
        PRIMARY KEY (distribution, ranking, object)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS hour (
        distribution INTEGER NOT NULL,
        hour INTEGER NOT NULL,
        %1$s,
        %2$s,
        PRIMARY KEY (distribution, hour)
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS hour_by_time ON hour (hour);
      CREATE TABLE IF NOT EXISTS hour_object (
        distribution INTEGER NOT NULL,
        hour INTEGER NOT NULL,
        object BLOB NOT NULL,
        %1$s,
        errors BLOB,
        PRIMARY KEY (distribution, hour, object)
      ) WITHOUT ROWID;
      """
          .formatted(typed(COUNTERS), typed(BOUNDS));

  private Schema() {}

  private static String typed(String columns) {
    return columns.replace(",", " INTEGER NOT NULL,") + " INTEGER NOT NULL";
  }

  static String name(Column column) {
    return column.name().toLowerCase(Locale.ROOT);
  }

  /** So many question marks. */
  static String marks(int count) {
    return "?" + ", ?".repeat(count - 1);
  }
}
