package dev.yagura.aurorapostgres.scrapers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What postgres_exporter emits, read from {@code postgres_exporter_metrics.tsv}. */
final class DropInTable {
  /** Labels the exporter adds to the samples of a target, and no scraper knows. */
  private static final Set<String> ADDED_LATER = Set.of("server", "<constantLabels>");

  /** One family; a name that ends in an underscore stands for all that begin with it. */
  record Entry(String collector, boolean byDefault, String name, String type, Set<String> labels) {}

  private DropInTable() {}

  static List<Entry> read() {
    InputStream file =
        Objects.requireNonNull(
            DropInTable.class.getResourceAsStream("/postgres_exporter_metrics.tsv"));
    try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(DropInTable::entry).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(String line) {
    String[] cells = line.split("\t", -1);
    String name = cells[2].contains("<") ? cells[2].substring(0, cells[2].indexOf('<')) : cells[2];
    var labels = new TreeSet<>(List.of(cells[4].split(",", -1)));
    labels.remove("");
    labels.removeAll(ADDED_LATER);
    // The legacy part has no collectors; ours is one like the others.
    String collector =
        name.startsWith("pg_stat_database_conflicts_") ? "stat_database_conflicts" : cells[0];
    return new Entry(collector, cells[1].equals("True"), name, cells[3], labels);
  }
}
