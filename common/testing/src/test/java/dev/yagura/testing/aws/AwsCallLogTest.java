package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.rds.RdsClient;

class AwsCallLogTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final CloudWatchClient cloudWatch = bed.client(CloudWatchClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private static MetricDataQuery query(String id, String metric, String stat) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            m -> m.metric(x -> x.namespace("AWS/X").metricName(metric)).period(60).stat(stat))
        .build();
  }

  @Test
  void everyCallIsNotedWithItsPlaceAndTime() {
    RdsClient rds = bed.client(RdsClient.builder());
    rds.describeDBClusters();
    bed.clock.advance(Duration.ofSeconds(5));
    cloudWatch.listMetrics();
    assertThat(bed.aws.calls())
        .containsExactly(
            new AwsCall(
                "123456789012", Bed.REGION, "rds", "DescribeDBClusters", Bed.NOON, 0, 0, ""),
            new AwsCall(
                "123456789012",
                Bed.REGION,
                "cloudwatch",
                "ListMetrics",
                Bed.NOON.plusSeconds(5),
                0,
                0,
                ""));
    assertThat(bed.aws.count("ListMetrics")).isEqualTo(1);
    bed.aws.clearCalls();
    assertThat(bed.aws.calls()).isEmpty();
  }

  @Test
  void aCallThatGoesWrongIsNotedToo() {
    bed.aws.fail(Fault.throttled());
    assertThatThrownBy(() -> cloudWatch.listMetrics()).isNotNull();
    assertThat(bed.aws.count("ListMetrics")).isEqualTo(1);
  }

  @Test
  void upToFiveStatisticsOfAMetricAreBilledAsOne() {
    List<MetricDataQuery> queries = new ArrayList<>();
    for (String stat : List.of("Sum", "Average", "Minimum", "Maximum", "SampleCount", "p99")) {
      queries.add(query("a" + queries.size(), "A", stat));
    }
    queries.add(query("b", "B", "Sum"));
    queries.add(query("c", "B", "Sum"));
    cloudWatch.getMetricData(
        r ->
            r.metricDataQueries(queries)
                .startTime(Bed.NOON.minus(Duration.ofMinutes(5)))
                .endTime(Bed.NOON));
    assertThat(bed.aws.queries()).isEqualTo(8);
    assertThat(bed.aws.billedMetrics()).isEqualTo(3);
  }
}
