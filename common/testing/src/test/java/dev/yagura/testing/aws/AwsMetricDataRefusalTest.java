package dev.yagura.testing.aws;

import static dev.yagura.testing.aws.Queries.lastHour;
import static dev.yagura.testing.aws.Queries.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

class AwsMetricDataRefusalTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final CloudWatchClient client = bed.client(CloudWatchClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void fiveHundredQueriesAreAnsweredAndOneMoreIsRefused() {
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      queries.add(query("q" + i, "CPUUtilization", 60, "Sum"));
    }
    GetMetricDataRequest fits = lastHour().metricDataQueries(queries).build();
    assertThat(client.getMetricData(fits).metricDataResults()).hasSize(500);
    queries.add(query("more", "CPUUtilization", 60, "Sum"));
    assertRefused(lastHour().metricDataQueries(queries));
  }

  @Test
  void idsMustBeUniqueWords() {
    MetricDataQuery query = query("q", "CPUUtilization", 60, "Sum");
    assertRefused(lastHour(query, query));
    assertRefused(lastHour(query.toBuilder().id("Q").build()));
    assertRefused(lastHour(query.toBuilder().id("a-b").build()));
  }

  @Test
  void periodsStatisticsAndTimesMustMakeSense() {
    assertRefused(lastHour(query("q", "CPUUtilization", 61, "Sum")));
    assertRefused(lastHour(query("q", "CPUUtilization", 60, "Mean")));
    assertRefused(
        lastHour(query("q", "CPUUtilization", 60, "Sum")).endTime(Bed.NOON.minusSeconds(3600)));
  }

  private void assertRefused(GetMetricDataRequest.Builder request) {
    assertThatThrownBy(() -> client.getMetricData(request.build()))
        .isInstanceOfSatisfying(
            CloudWatchException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
            });
  }
}
