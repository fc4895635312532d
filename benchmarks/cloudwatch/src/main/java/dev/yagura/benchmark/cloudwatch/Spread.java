package dev.yagura.benchmark.cloudwatch;

import java.util.List;
import java.util.Locale;

/** Where the measurements of one thing lie. */
record Spread(double median, double min, double max) {

  /** The spread of these; at least one. */
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** The value that this share of them does not exceed. */
  static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  /** The median, and in brackets the least and the most where they differ. */
  String show(int decimals) {
    String number = "%." + decimals + "f";
    String middle = String.format(Locale.ROOT, number, median);
    return min == max
        ? middle
        : middle + String.format(Locale.ROOT, " (" + number + " to " + number + ")", min, max);
  }
}
