package dev.yagura.core.metrics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one scrape of one upstream gave: rows, and the families that are read off them. */
public final class Snapshot {
  private static final Snapshot EMPTY = new Snapshot(List.of());

  /** Rows that several families are read off. */
  record Part<R>(List<Family<R>> families, List<R> rows) {
    void verify() {
      Set<LabelSet<R>> labels = new LinkedHashSet<>();
      families.forEach(family -> labels.add(family.labels()));
      for (R row : rows) {
        labels.forEach(set -> set.verify(row));
        families.forEach(family -> family.verify(row));
      }
    }
  }

  private final List<Part<?>> parts;

  private Snapshot(List<Part<?>> parts) {
    this.parts = parts;
  }

  /** Nothing to say, and no fault. */
  public static Snapshot empty() {
    return EMPTY;
  }

  /** These families read off each of these rows; the rows are not to change any more. */
  public static <R> Snapshot of(List<Family<R>> families, List<R> rows) {
    return rows.isEmpty() ? EMPTY : new Snapshot(List.of(new Part<>(families, rows)));
  }

  /** These families read off one row. */
  public static <R> Snapshot of(List<Family<R>> families, R row) {
    return of(families, List.of(row));
  }

  /** All of these, one after another. */
  public static Snapshot join(List<Snapshot> snapshots) {
    List<Part<?>> all = new ArrayList<>();
    snapshots.forEach(snapshot -> all.addAll(snapshot.parts));
    return new Snapshot(List.copyOf(all));
  }

  /** This one and another. */
  public Snapshot and(Snapshot other) {
    return join(List.of(this, other));
  }

  /** Makes other families of those that are read off the same rows. */
  @FunctionalInterface
  public interface Mapper {
    <R> List<Family<R>> map(List<Family<R>> families);
  }

  /** The same rows, read by other families. */
  public Snapshot map(Mapper mapper) {
    return new Snapshot(parts.stream().<Part<?>>map(part -> mapped(part, mapper)).toList());
  }

  private static <R> Part<R> mapped(Part<R> part, Mapper mapper) {
    return new Part<>(mapper.map(part.families()), part.rows());
  }

  /**
   * Reads every value and label once. What cannot be read is found here, as the fault of one
   * scraper, and not while half an answer is on its way.
   *
   * @return this
   */
  public Snapshot verified() {
    parts.forEach(Part::verify);
    return this;
  }

  List<Part<?>> parts() {
    return parts;
  }

  /** Whether there is no row at all. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }
}
