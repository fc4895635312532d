package dev.yagura.testing.aws;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

@ExtendWith(LeakCheck.class)
class AwsMetricStatisticsTest {
  private static final String SQS = "AWS/SQS";
  private static final String SIZE = "SentMessageSize";
  private static final Map<String, String> ONE = Map.of("QueueName", "one & <only>");

  private final Bed bed = new Bed();
  private final CloudWatchDouble model = bed.aws.account().cloudWatch(Bed.REGION);
  private final CloudWatchClient client = bed.client(CloudWatchClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private void publish(int minutesAgo, double value) {
    model.publish(SQS, SIZE, ONE, Bed.NOON.minus(minutesAgo, MINUTES), value);
  }

  private static GetMetricStatisticsRequest.Builder lastHour(Instant now) {
    return GetMetricStatisticsRequest.builder()
        .namespace(SQS)
        .metricName(SIZE)
        .dimensions(Dimension.builder().name("QueueName").value("one & <only>").build())
        .startTime(now.minus(Duration.ofHours(1)))
        .endTime(now)
        .period(60);
  }

  private static GetMetricStatisticsRequest.Builder lastHour() {
    return lastHour(Bed.NOON);
  }

  private List<Datapoint> points(GetMetricStatisticsRequest.Builder request) {
    return client.getMetricStatistics(request.build()).datapoints().stream()
        .sorted(Comparator.comparing(Datapoint::timestamp))
        .toList();
  }

  @Test
  void allStatisticsOfABucketAreInOnePoint() {
    for (int i = 1; i <= 10; i++) {
      publish(i > 5 ? 4 : 3, i);
    }
    GetMetricStatisticsRequest.Builder request =
        lastHour()
            .period(300)
            .statistics(
                Statistic.SUM,
                Statistic.AVERAGE,
                Statistic.MINIMUM,
                Statistic.MAXIMUM,
                Statistic.SAMPLE_COUNT)
            .extendedStatistics("p50", "p90");
    GetMetricStatisticsResponse response = client.getMetricStatistics(request.build());
    assertThat(response.label()).isEqualTo(SIZE);
    assertThat(response.datapoints())
        .containsExactly(
            Datapoint.builder()
                .timestamp(Bed.NOON.minus(5, MINUTES))
                .sum(55.0)
                .average(5.5)
                .minimum(1.0)
                .maximum(10.0)
                .sampleCount(10.0)
                .extendedStatistics(Map.of("p50", 5.0, "p90", 9.0))
                .unit(StandardUnit.NONE)
                .build());
  }

  @Test
  void whatWasNotAskedIsNotThere() {
    publish(1, 7);
    Datapoint point = points(lastHour().statistics(Statistic.MAXIMUM)).get(0);
    assertThat(point.maximum()).isEqualTo(7);
    assertThat(point.sum()).isNull();
    assertThat(point.hasExtendedStatistics()).isFalse();
    Datapoint percentile = points(lastHour().extendedStatistics("p99")).get(0);
    assertThat(percentile.maximum()).isNull();
    assertThat(percentile.extendedStatistics()).isEqualTo(Map.of("p99", 7.0));
  }

  @Test
  void theStartIsInclusiveAndTheEndIsExclusive() {
    publish(61, 61);
    publish(60, 60);
    publish(1, 1);
    publish(0, 0);
    assertThat(points(lastHour().statistics(Statistic.SUM)))
        .extracting(Datapoint::sum)
        .containsExactly(60.0, 1.0);
  }

  @Test
  void whatIsNotPublishedYetIsNotSeen() {
    model.publicationDelay(SQS, Duration.ofMinutes(2));
    publish(2, 10);
    GetMetricStatisticsRequest.Builder request = lastHour().statistics(Statistic.SUM);
    assertThat(points(request)).isEmpty();
    bed.clock.advance(Duration.ofMinutes(1));
    assertThat(points(request)).hasSize(1);
  }

  @Test
  void aMetricThatNobodyKnowsHasNoPoints() {
    assertThat(points(lastHour().metricName("Unheard").statistics(Statistic.SUM))).isEmpty();
  }

  @Test
  void aCallIsNotedAndBringsNoQueries() {
    points(lastHour().statistics(Statistic.SUM));
    assertThat(bed.aws.count("GetMetricStatistics")).isEqualTo(1);
    assertThat(bed.aws.billedMetrics()).isZero();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertRefused(lastHour(), "InvalidParameterCombination");
    assertRefused(lastHour().statistics(Statistic.SUM).period(61), "InvalidParameterValue");
    assertRefused(lastHour().statisticsWithStrings("Mean"), "InvalidParameterValue");
    assertRefused(
        lastHour().statistics(Statistic.SUM).startTime(Bed.NOON), "InvalidParameterValue");
    assertRefused(
        lastHour().statistics(Statistic.SUM).startTime(Bed.NOON.minus(1441, MINUTES)),
        "InvalidParameterCombination");
    publish(1, 1);
    assertThat(
            points(lastHour().statistics(Statistic.SUM).startTime(Bed.NOON.minus(1440, MINUTES))))
        .hasSize(1);
  }

  private void assertRefused(GetMetricStatisticsRequest.Builder request, String code) {
    assertThatThrownBy(() -> client.getMetricStatistics(request.build()))
        .isInstanceOfSatisfying(
            CloudWatchException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }

  @Test
  void itsTimeMayBeThatOfTheWorld() {
    try (var real = AwsDouble.start(Clock.systemUTC())) {
      CloudWatchDouble now = real.account().cloudWatch(Bed.REGION);
      now.publish(SQS, SIZE, ONE, Instant.now().minus(2, MINUTES), 7);
      now.publishLate(SQS, SIZE, ONE, Instant.now(), 8, Instant.now().plusSeconds(3600));
      CloudWatchClient other =
          CloudWatchClient.builder()
              .endpointOverride(real.endpoint())
              .region(Region.of(Bed.REGION))
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "x")))
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .build();
      try (other) {
        GetMetricStatisticsRequest request =
            lastHour(Instant.now()).statistics(Statistic.SUM).build();
        assertThat(other.getMetricStatistics(request).datapoints())
            .extracting(Datapoint::sum)
            .containsExactly(7.0);
      }
    }
  }
}
