package dev.yagura.aws.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.pi.model.GetResourceMetricsRequest;

/** How many units AWS bills for a request. */
final class BilledUnits {
  private static final int STATISTICS_OF_ONE_PRICE = 5;

  private BilledUnits() {}

  /** The metrics of a {@code GetMetricData}, and one for any other request. */
  static long of(SdkRequest request) {
    if (!(request instanceof GetMetricDataRequest data)) {
      return 1;
    }
    Map<Metric, Integer> statistics = new HashMap<>();
    for (MetricDataQuery query : data.metricDataQueries()) {
      if (query.metricStat() != null) {
        statistics.merge(query.metricStat().metric(), 1, Integer::sum);
      }
    }
    return statistics.values().stream()
        .mapToLong(count -> (count + STATISTICS_OF_ONE_PRICE - 1) / STATISTICS_OF_ONE_PRICE)
        .sum();
  }

  /** Whether it is asked by a plan whose price is known before. */
  static boolean isPlanned(SdkRequest request) {
    return request instanceof GetMetricDataRequest || request instanceof GetResourceMetricsRequest;
  }

  /** The points that a request may be answered with. */
  static double points(GetMetricDataRequest data) {
    double seconds = Duration.between(data.startTime(), data.endTime()).toSeconds();
    return data.metricDataQueries().stream()
        .filter(query -> query.metricStat() != null)
        .mapToDouble(query -> seconds / query.metricStat().period())
        .sum();
  }
}
