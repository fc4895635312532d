package dev.yagura.aws.cloudwatch;

import dev.yagura.aws.budget.Importance;

/**
 * A statistic of a metric of CloudWatch, and how it is shown.
 *
 * @param metric its name there: {@code CPUUtilization}
 * @param statistic {@code Average}, {@code Sum}, {@code Minimum}, {@code Maximum}, {@code
 *     SampleCount} or a percentile, {@code p99}; a sum of counts is shown as a counter
 * @param family its name in Prometheus, with the base unit; a counter's ends in {@code _total}
 * @param what it is, as one clause, for the help: {@code CPU in use}
 * @param scale from CloudWatch's unit to the base unit: 0.01 for percent, 0.001 for milliseconds
 * @param importance for the budget
 * @param sparse whether it is published only when there is something to count: it is asked for each
 *     resource of its kind, and 0 until there is
 */
public record MetricSpec(
    String metric,
    String statistic,
    String family,
    String what,
    double scale,
    Importance importance,
    boolean sparse) {

  /** One that is published all the time. */
  public MetricSpec(
      String metric,
      String statistic,
      String family,
      String what,
      double scale,
      Importance importance) {
    this(metric, statistic, family, what, scale, importance, false);
  }

  /** The same, published only when there is something to count. */
  public MetricSpec rarely() {
    return new MetricSpec(metric, statistic, family, what, scale, importance, true);
  }

  /** Whether the periods are added up. */
  public boolean isCounter() {
    return family.endsWith("_total");
  }

  /** A value in the base unit. */
  double scaled(double value) {
    // 36 * 0.001 is 0.036000000000000004, 36 / 1000 is what people expect.
    return scale < 1 ? value / (1 / scale) : value * scale;
  }
}
