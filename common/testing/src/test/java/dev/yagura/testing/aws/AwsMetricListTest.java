package dev.yagura.testing.aws;

import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.LeakCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

class AwsMetricListTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final CloudWatchDouble model = bed.aws.account().cloudWatch(Bed.REGION);
  private final CloudWatchClient client = bed.client(CloudWatchClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private List<String> names(ListMetricsRequest.Builder request) {
    return client.listMetricsPaginator(request.build()).metrics().stream()
        .map(Metric::metricName)
        .toList();
  }

  @Test
  void metricsAreListedByNamespaceNameAndDimensions() {
    model.publish("AWS/SQS", "Sent", Map.of("QueueName", "a"), Bed.NOON, 1);
    model.publish("AWS/SQS", "Received", Map.of("QueueName", "b"), Bed.NOON, 1);
    model.publish("AWS/RDS", "CPU", Map.of(), Bed.NOON, 1);
    assertThat(names(ListMetricsRequest.builder())).containsExactly("Sent", "Received", "CPU");
    assertThat(names(ListMetricsRequest.builder().namespace("AWS/RDS"))).containsExactly("CPU");
    assertThat(names(ListMetricsRequest.builder().metricName("Sent"))).containsExactly("Sent");
    DimensionFilter named = DimensionFilter.builder().name("QueueName").build();
    assertThat(names(ListMetricsRequest.builder().dimensions(named))).hasSize(2);
    DimensionFilter valued = named.toBuilder().value("b").build();
    ListMetricsResponse response =
        client.listMetrics(ListMetricsRequest.builder().dimensions(valued).build());
    assertThat(response.metrics()).hasSize(1);
    assertThat(response.metrics().get(0).namespace()).isEqualTo("AWS/SQS");
    assertThat(response.metrics().get(0).dimensions().get(0).value()).isEqualTo("b");
  }

  @Test
  void aPageHasFiveHundredMetrics() {
    for (int i = 0; i < 1_001; i++) {
      model.publish("AWS/SQS", "m" + i, Map.of(), Bed.NOON, 1);
    }
    assertThat(client.listMetricsPaginator().stream().map(page -> page.metrics().size()))
        .containsExactly(500, 500, 1);
    assertThat(names(ListMetricsRequest.builder())).doesNotHaveDuplicates().hasSize(1_001);
  }

  @Test
  void onlyTheRecentlyActiveAreListedIfTheCallerWants() {
    model.publish("AWS/SQS", "Old", Map.of(), Bed.NOON.minus(4, HOURS), 1);
    model.publish("AWS/SQS", "New", Map.of(), Bed.NOON.minus(2, HOURS), 1);
    assertThat(names(ListMetricsRequest.builder().recentlyActive("PT3H"))).containsExactly("New");
    assertThat(names(ListMetricsRequest.builder())).containsExactly("Old", "New");
  }

  @Test
  void whatIsNotVisibleYetOrForgottenIsNotListed() {
    model.publishLate("AWS/SQS", "Late", Map.of(), Bed.NOON, 1, Bed.NOON.plusSeconds(1));
    model.publish("AWS/SQS", "Forgotten", Map.of(), Bed.NOON.minus(15 * 24, HOURS), 1);
    assertThat(names(ListMetricsRequest.builder())).isEmpty();
  }
}
