package dev.yagura.core.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Labels that every sample of one target carries, such as its name where there are several. */
public final class ConstantLabels {
  private static final ConstantLabels NONE = new ConstantLabels(new TreeMap<>());

  private final SortedMap<String, String> values;

  private ConstantLabels(SortedMap<String, String> values) {
    this.values = values;
  }

  public static ConstantLabels none() {
    return NONE;
  }

  /**
   * These labels.
   *
   * @throws IllegalArgumentException if a name is not a label name
   */
  public static ConstantLabels of(Map<String, String> labels) {
    labels.keySet().forEach(Names::checkLabel);
    return labels.isEmpty() ? NONE : new ConstantLabels(new TreeMap<>(labels));
  }

  SortedMap<String, String> values() {
    return values;
  }
}
