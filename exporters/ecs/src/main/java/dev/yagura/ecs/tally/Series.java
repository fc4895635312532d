package dev.yagura.ecs.tally;

import java.util.ArrayList;
import java.util.List;

/** A counter of a cluster: its family, and the values of its labels in the family's own order. */
public record Series(String family, List<String> labels) {
  private static final char SEPARATOR = '\u001f';

  public Series {
    labels = List.copyOf(labels);
  }

  /** The value of a label by its position. */
  public String label(int index) {
    return labels.get(index);
  }

  /** As one text; the names of AWS have no control characters. */
  String written() {
    List<String> parts = new ArrayList<>(List.of(family));
    parts.addAll(labels);
    return String.join(String.valueOf(SEPARATOR), parts);
  }

  static Series read(String written) {
    List<String> parts = List.of(written.split(String.valueOf(SEPARATOR), -1));
    return new Series(parts.get(0), parts.subList(1, parts.size()));
  }
}
