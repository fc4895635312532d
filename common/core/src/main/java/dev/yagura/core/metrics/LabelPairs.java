package dev.yagura.core.metrics;

import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Merges a row's labels with the target's constant ones, in the order of their names. Where both
 * have a label the row's stands, as it tells rows apart; twice would make the answer unreadable.
 */
final class LabelPairs {
  private LabelPairs() {}

  static <R> void forEach(
      LabelSet<R> labels, R row, ConstantLabels constant, BiConsumer<String, String> each) {
    int next = 0;
    for (Map.Entry<String, String> fixed : constant.values().entrySet()) {
      while (next < labels.size() && labels.name(next).compareTo(fixed.getKey()) < 0) {
        each.accept(labels.name(next), labels.value(next, row));
        next++;
      }
      if (next == labels.size() || !labels.name(next).equals(fixed.getKey())) {
        each.accept(fixed.getKey(), fixed.getValue());
      }
    }
    for (; next < labels.size(); next++) {
      each.accept(labels.name(next), labels.value(next, row));
    }
  }
}
