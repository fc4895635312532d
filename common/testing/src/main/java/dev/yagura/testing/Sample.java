package dev.yagura.testing;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One line of an exposition: a name, labels in the order of their names, and a value. */
public record Sample(String name, SortedMap<String, String> labels, double value) {
  public Sample {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** The value of a label; empty where it has none, as Prometheus has it. */
  public String label(String label) {
    return labels.getOrDefault(label, "");
  }

  /** What makes it a series: everything but the value. */
  String series() {
    return name + labels;
  }
}
