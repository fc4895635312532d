package dev.yagura.benchmark.accesslog;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Where the measurements of one thing lie. */
record Spread(double median, double min, double max) {
  /** The spread of one figure of these; at least one. */
  static Spread of(List<Timed> runs, ToDoubleFunction<Timed> figure) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** The median, and in brackets the least and the most where they differ. */
  String show() {
    return min == max
        ? String.format(Locale.ROOT, "%.2f", median)
        : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, min, max);
  }
}
