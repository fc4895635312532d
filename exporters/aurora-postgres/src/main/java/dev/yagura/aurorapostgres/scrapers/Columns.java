package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;

/** Families and labels that are a column of the answer as it is; NULL gives no sample. */
final class Columns {
  private Columns() {}

  /** Labels named as their columns; NULL is the empty string. */
  static LabelSet<Row> labels(String... columns) {
    LabelSet<Row> set = LabelSet.none();
    for (String column : columns) {
      set = set.and(column, row -> row.text(column));
    }
    return set;
  }

  static Family<Row> gauge(String name, String help, String column) {
    return Family.gauge(name, help, row -> row.number(column));
  }

  static Family<Row> counter(String name, String help, String column) {
    return Family.counter(name, help, row -> row.number(column));
  }

  /** A gauge from a column that only newer servers have. */
  static Family<Row> gaugeIfThere(String name, String help, String column) {
    return Family.gauge(name, help, row -> row.has(column) ? row.number(column) : null);
  }

  /** A counter from a column that only newer servers have. */
  static Family<Row> counterIfThere(String name, String help, String column) {
    return Family.counter(name, help, row -> row.has(column) ? row.number(column) : null);
  }
}
