package dev.yagura.testing.aws;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** Queries about one instance, in the hour before the clock began. */
final class Queries {
  static final String RDS = "AWS/RDS";
  static final Map<String, String> ONE = Map.of("DBInstanceIdentifier", "one & <only>");

  private Queries() {}

  static MetricDataQuery query(String id, String metric, int period, String stat) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            MetricStat.builder()
                .metric(
                    Metric.builder()
                        .namespace(RDS)
                        .metricName(metric)
                        .dimensions(
                            Dimension.builder()
                                .name("DBInstanceIdentifier")
                                .value("one & <only>")
                                .build())
                        .build())
                .period(period)
                .stat(stat)
                .build())
        .build();
  }

  static GetMetricDataRequest.Builder lastHour(MetricDataQuery... queries) {
    return GetMetricDataRequest.builder()
        .startTime(Bed.NOON.minus(Duration.ofHours(1)))
        .endTime(Bed.NOON)
        .scanBy(ScanBy.TIMESTAMP_ASCENDING)
        .metricDataQueries(queries);
  }
}
