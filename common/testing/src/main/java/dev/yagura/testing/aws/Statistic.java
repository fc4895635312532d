package dev.yagura.testing.aws;

import java.util.Arrays;

/** What a bucket's samples are reduced to. */
@FunctionalInterface
interface Statistic {
  /** Of the first {@code size} values, at least one, whose order may be changed. */
  double of(double[] values, int size);

  /** That of this name. */
  static Statistic named(String name) {
    return switch (name) {
      case "SampleCount" -> (values, size) -> size;
      case "Sum" -> Statistic::sum;
      case "Average" -> (values, size) -> sum(values, size) / size;
      case "Minimum" -> (values, size) -> Arrays.stream(values, 0, size).min().orElseThrow();
      case "Maximum" -> (values, size) -> Arrays.stream(values, 0, size).max().orElseThrow();
      default -> percentile(name);
    };
  }

  private static double sum(double[] values, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static Statistic percentile(String name) {
    if (!name.matches("p\\d{1,2}(\\.\\d{1,10})?|p100")) {
      throw AwsError.badRequest("ValidationError", "No statistic of the double: " + name);
    }
    double share = Double.parseDouble(name.substring(1)) / 100;
    return (values, size) -> {
      Arrays.sort(values, 0, size);
      return values[Math.max(0, (int) Math.ceil(share * size) - 1)];
    };
  }
}
