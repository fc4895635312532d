package dev.yagura.benchmark.accesslog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects with their ten columns: requests, hits, misses, bytes from misses, bytes, incomplete
 * downloads, 2xx to 5xx; best first.
 */
record Rows(List<Row> rows) {
  private static final String HEADER = "DistributionID,FriendlyName,Object,";
  private static final int OBJECT = 2;
  private static final int PERCENT = 6;
  private static final int COLUMNS = 10;

  /** One object. */
  record Row(String object, List<Long> columns) {}

  /** What {@code popular-objects --format csv} prints; of objects without commas and quotes. */
  static Rows ofCsv(String csv) {
    List<String> lines = csv.lines().toList();
    int header = 0;
    while (header < lines.size() && !lines.get(header).startsWith(HEADER)) {
      header++;
    }
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(Math.min(header + 1, lines.size()), lines.size())) {
      List<String> cells = List.of(line.split(",", -1));
      List<Long> columns = new ArrayList<>();
      for (int i = OBJECT + 1; i < cells.size(); i++) {
        if (i != PERCENT) {
          columns.add(Long.parseLong(cells.get(i)));
        }
      }
      rows.add(new Row(cells.get(OBJECT), columns));
    }
    return new Rows(rows);
  }

  /** What {@code popular.awk} prints. */
  static Rows ofAwk(String text) {
    List<Row> rows = new ArrayList<>();
    for (String line : text.lines().toList()) {
      List<String> cells = List.of(line.split("\t", -1));
      rows.add(
          new Row(
              cells.get(COLUMNS), cells.subList(0, COLUMNS).stream().map(Long::valueOf).toList()));
    }
    return new Rows(rows);
  }

  /**
   * How this differs from another one; objects that are equal in requests may change places.
   *
   * @return the first difference; empty if there is none
   */
  Optional<String> differenceFrom(Rows other) {
    if (rows.isEmpty() || rows.size() != other.rows.size()) {
      return Optional.of(rows.size() + " objects against " + other.rows.size());
    }
    Map<String, List<Long>> theirs = new HashMap<>();
    other.rows.forEach(row -> theirs.put(row.object(), row.columns()));
    long last = rows.get(rows.size() - 1).columns().get(0);
    for (int i = 0; i < rows.size(); i++) {
      Row ours = rows.get(i);
      List<Long> columns = theirs.get(ours.object());
      long rank = other.rows.get(i).columns().get(0);
      boolean same =
          columns == null ? ours.columns().get(0) == last : columns.equals(ours.columns());
      if (!same || ours.columns().get(0) != rank) {
        return Optional.of("rank " + (i + 1) + ", " + ours + " against " + columns);
      }
    }
    return Optional.empty();
  }
}
