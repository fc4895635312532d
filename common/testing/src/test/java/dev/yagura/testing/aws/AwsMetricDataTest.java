package dev.yagura.testing.aws;

import static dev.yagura.testing.aws.Queries.ONE;
import static dev.yagura.testing.aws.Queries.RDS;
import static dev.yagura.testing.aws.Queries.lastHour;
import static dev.yagura.testing.aws.Queries.query;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

class AwsMetricDataTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final CloudWatchDouble model = bed.aws.account().cloudWatch(Bed.REGION);
  private final CloudWatchClient client = bed.client(CloudWatchClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private MetricDataResult only(MetricDataQuery query) {
    GetMetricDataResponse response = client.getMetricData(lastHour(query).build());
    assertThat(response.nextToken()).isNull();
    return response.metricDataResults().get(0);
  }

  private void publish(int minutesAgo, double value) {
    model.publish(RDS, "CPUUtilization", ONE, Bed.NOON.minus(minutesAgo, MINUTES), value);
  }

  @Test
  void everyStatisticOfABucketIsOfTheSamplesInIt() {
    for (int i = 1; i <= 10; i++) {
      publish(i > 5 ? 4 : 3, i);
    }
    Map<String, Double> expected =
        Map.of(
            "Sum",
            55.0,
            "SampleCount",
            10.0,
            "Average",
            5.5,
            "Minimum",
            1.0,
            "Maximum",
            10.0,
            "p50",
            5.0,
            "p90",
            9.0,
            "p99.9",
            10.0);
    expected.forEach(
        (stat, value) -> {
          MetricDataResult result = only(query("q", "CPUUtilization", 300, stat));
          assertThat(result.values()).as(stat).containsExactly(value);
          assertThat(result.timestamps()).containsExactly(Bed.NOON.minus(5, MINUTES));
          assertThat(result.statusCodeAsString()).isEqualTo("Complete");
          assertThat(result.label()).isEqualTo("CPUUtilization");
        });
  }

  @Test
  void theStartIsInclusiveAndTheEndIsExclusive() {
    publish(61, 61);
    publish(60, 60);
    publish(1, 1);
    publish(0, 0);
    assertThat(only(query("q", "CPUUtilization", 60, "Sum")).values()).containsExactly(60.0, 1.0);
  }

  @Test
  void aStartWithinAMinuteIsRoundedDownToIt() {
    publish(2, 2);
    publish(1, 1);
    GetMetricDataRequest request =
        lastHour(query("q", "CPUUtilization", 60, "Sum"))
            .startTime(Bed.NOON.minusSeconds(61))
            .endTime(Bed.NOON.minusMillis(59_500))
            .build();
    assertThat(client.getMetricData(request).metricDataResults().get(0).values())
        .containsExactly(2.0, 1.0);
  }

  @Test
  void aBucketThatBeginsBeforeTheStartIsLeftOutAndTheLastIsWhole() {
    for (int i = 1; i <= 10; i++) {
      publish(i, 1);
    }
    GetMetricDataRequest request =
        lastHour(query("q", "CPUUtilization", 300, "Sum"))
            .startTime(Bed.NOON.minusSeconds(540))
            .endTime(Bed.NOON.minusSeconds(120))
            .build();
    MetricDataResult result = client.getMetricData(request).metricDataResults().get(0);
    assertThat(result.timestamps()).containsExactly(Bed.NOON.minus(5, MINUTES));
    assertThat(result.values()).containsExactly(5.0);
  }

  @Test
  void theNewestComesFirstUnlessTheCallerWantsOtherwise() {
    publish(2, 2);
    publish(1, 1);
    GetMetricDataRequest request =
        lastHour(query("q", "CPUUtilization", 60, "Sum")).scanBy((ScanBy) null).build();
    assertThat(client.getMetricData(request).metricDataResults().get(0).values())
        .containsExactly(1.0, 2.0);
  }

  @Test
  void aLateSampleIsSeenFromItsTimeOnButCountsForItsMinute() {
    publish(2, 10);
    model.publishLate(
        RDS, "CPUUtilization", ONE, Bed.NOON.minus(2, MINUTES), 5, Bed.NOON.plusSeconds(90));
    MetricDataQuery query = query("q", "CPUUtilization", 60, "Sum");
    bed.clock.advance(Duration.ofSeconds(89));
    assertThat(only(query).values()).containsExactly(10.0);
    bed.clock.advance(Duration.ofSeconds(1));
    assertThat(only(query).values()).containsExactly(15.0);
    assertThat(
            model.trueSum(
                RDS, "CPUUtilization", ONE, Bed.NOON.minus(2, MINUTES), Bed.NOON.minus(1, MINUTES)))
        .isEqualTo(15);
  }

  @Test
  void aNamespaceWithADelayIsSeenSoLongAfterTheMinute() {
    model.publicationDelay(RDS, Duration.ofMinutes(2));
    publish(2, 10);
    MetricDataQuery query = query("q", "CPUUtilization", 60, "Sum");
    assertThat(only(query).values()).isEmpty();
    bed.clock.advance(Duration.ofMinutes(1));
    assertThat(only(query).values()).containsExactly(10.0);
  }

  @Test
  void aMetricWithoutDataIsCompleteAndEmpty() {
    MetricDataResult result = only(query("q", "Unheard", 60, "Sum"));
    assertThat(result.values()).isEmpty();
    assertThat(result.statusCodeAsString()).isEqualTo("Complete");
  }

  @Test
  void dimensionsMustBeExactlyThoseOfTheMetric() {
    model.publish(RDS, "CPUUtilization", Map.of(), Bed.NOON.minus(1, MINUTES), 7);
    assertThat(only(query("q", "CPUUtilization", 60, "Sum")).values()).isEmpty();
  }

  @Test
  void anotherRegionAndAnotherAccountHaveTheirOwnData() {
    Instant minute = Bed.NOON.minus(1, MINUTES);
    AccountDouble other = bed.aws.account("222222222222", "AKIAOTHER");
    bed.aws.account().cloudWatch("us-east-1").publish(RDS, "CPUUtilization", ONE, minute, 1);
    other.cloudWatch(Bed.REGION).publish(RDS, "CPUUtilization", ONE, minute, 2);
    assertThat(only(query("q", "CPUUtilization", 60, "Sum")).values()).isEmpty();
  }

  @Test
  void queriesThatReturnNoDataAreLeftOut() {
    publish(1, 1);
    GetMetricDataRequest request =
        lastHour(
                query("a", "CPUUtilization", 60, "Sum").toBuilder().returnData(false).build(),
                query("b", "CPUUtilization", 60, "Sum"))
            .build();
    assertThat(client.getMetricData(request).metricDataResults())
        .extracting(MetricDataResult::id)
        .containsExactly("b");
  }

  @Test
  void pagesHoldNoMorePointsThanAllowedAndTogetherAllOfThem() {
    IntStream.rangeClosed(1, 5).forEach(minute -> publish(minute, minute));
    model.pageSize(3);
    GetMetricDataRequest.Builder request =
        lastHour(query("a", "CPUUtilization", 60, "Sum"), query("b", "CPUUtilization", 60, "Sum"));
    List<String> pages = new ArrayList<>();
    List<Double> ofB = new ArrayList<>();
    for (GetMetricDataResponse page : client.getMetricDataPaginator(request.build())) {
      pages.add(
          page.metricDataResults().stream()
              .map(r -> r.id() + r.values().size() + r.statusCodeAsString())
              .toList()
              .toString());
      page.metricDataResults().stream()
          .filter(result -> result.id().equals("b"))
          .forEach(result -> ofB.addAll(result.values()));
    }
    assertThat(pages)
        .containsExactly(
            "[a3PartialData]", "[a2Complete, b1PartialData]", "[b3PartialData]", "[b1Complete]");
    assertThat(ofB).containsExactly(5.0, 4.0, 3.0, 2.0, 1.0);
  }

  @Test
  void theCallerMayAskForSmallerPages() {
    IntStream.rangeClosed(1, 5).forEach(minute -> publish(minute, minute));
    GetMetricDataRequest request =
        lastHour(query("a", "CPUUtilization", 60, "Sum")).maxDatapoints(2).build();
    assertThat(client.getMetricDataPaginator(request).stream()).hasSize(3);
  }

  @Test
  void aTokenThatWasNotGivenIsRefused() {
    GetMetricDataRequest request =
        lastHour(query("a", "CPUUtilization", 60, "Sum")).nextToken("mine").build();
    assertThatThrownBy(() -> client.getMetricData(request))
        .hasMessageContaining("This token was not given");
  }

  @Test
  void aMetricMayBeAnsweredInPartOrNotAtAll() {
    IntStream.rangeClosed(1, 4).forEach(minute -> publish(minute, minute));
    MetricDataQuery query = query("q", "CPUUtilization", 60, "Sum");
    for (StatusCode status : StatusCode.values()) {
      model.statusCode(RDS, "CPUUtilization", status);
      MetricDataResult result = only(query);
      assertThat(result.statusCodeAsString()).isEqualTo(status.written());
      assertThat(result.values()).hasSize(status.of(4));
    }
  }
}
