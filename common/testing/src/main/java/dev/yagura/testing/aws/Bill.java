package dev.yagura.testing.aws;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What CloudWatch counts of a GetMetricData: its queries, and its metrics, each of which holds up
 * to five statistics.
 */
record Bill(int queries, int metrics) {
  private static final int STATISTICS_OF_A_METRIC = 5;

  static Bill of(Call call) {
    if (call.service() != AwsService.CLOUDWATCH || !call.operation().equals("GetMetricData")) {
      return new Bill(0, 0);
    }
    int queries = 0;
    Map<SeriesKey, Set<String>> statistics = new HashMap<>();
    for (Input query : call.input().structures("MetricDataQueries")) {
      queries++;
      Input stat = query.structure("MetricStat");
      if (stat.has("Metric")) {
        statistics
            .computeIfAbsent(SeriesKey.of(stat.structure("Metric")), key -> new HashSet<>())
            .add(stat.text("Stat", ""));
      }
    }
    int metrics =
        statistics.values().stream()
            .mapToInt(set -> (set.size() + STATISTICS_OF_A_METRIC - 1) / STATISTICS_OF_A_METRIC)
            .sum();
    return new Bill(queries, metrics);
  }
}
