package dev.yagura.ecs.tally;

import java.util.ArrayList;
import java.util.List;

/**
 * A counter: its family, where it counts, and the values of its other labels in the family's own
 * order.
 *
 * @param place account and region
 */
public record Series(String family, String place, String cluster, List<String> labels) {
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
    List<String> parts = new ArrayList<>(List.of(family, place, cluster));
    parts.addAll(labels);
    return String.join(String.valueOf(SEPARATOR), parts);
  }

  static Series read(String written) {
    List<String> parts = List.of(written.split(String.valueOf(SEPARATOR), -1));
    return new Series(parts.get(0), parts.get(1), parts.get(2), parts.subList(3, parts.size()));
  }
}
