package dev.yagura.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.yagura.aws.meter.Meter.Use;
import dev.yagura.aws.meter.Outcome;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.aws.AwsCall;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** Clients of AWS: whose they are, what is noted of their calls, what is said of a failure. */
class AwsAccountIT {
  private static final String REGION = "eu-west-1";
  private static final String ACTION = "cloudwatch:ListMetrics";

  /** The real time, as the SDK renews credentials by it. */
  private final FakeClock clock = FakeClock.at(Instant.now());

  private final AwsDouble aws = AwsDouble.start(clock);
  private final AwsUse use = AwsUse.fresh(clock, clock, clock::advance);

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterEach
  void end() {
    aws.close();
  }

  private AwsAccount account(Optional<String> role, Optional<String> externalId) {
    var settings =
        new AccountSettings(
            "prod", Optional.empty(), role, externalId, "watchtower", List.of(REGION));
    var patience =
        new Patience(Duration.ofSeconds(8), Duration.ofSeconds(2), Duration.ofSeconds(2));
    return new AwsAccount(settings, Optional.of(aws.endpoint()), patience, use);
  }

  private void list(AwsAccount account) throws ScrapeException, InterruptedException {
    CloudWatchClient client = new AwsPlace(account, REGION).client(CloudWatchClient.builder());
    AwsPlace.call(ACTION, () -> client.listMetrics(request -> request.namespace("AWS/SQS")));
  }

  private ScrapeException failure(AwsAccount account) {
    try {
      list(account);
    } catch (ScrapeException e) {
      return e;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("it did not fail");
  }

  private Use used(String operation) {
    return use.meter().uses().stream()
        .filter(one -> one.operation().equals(operation))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRoleIsAssumedWithItsExternalIdAndAsksAsItsAccount() throws Exception {
    aws.account("210987654321", "other");
    String role = aws.account("210987654321", "other").role("yagura", "our-secret");
    try (AwsAccount account = account(Optional.of(role), Optional.of("our-secret"))) {
      list(account);
      list(account);
    }

    assertThat(aws.calls())
        .extracting(AwsCall::operation, AwsCall::account)
        .containsExactly(
            tuple("AssumeRole", AwsDouble.DEFAULT_ACCOUNT),
            tuple("ListMetrics", "210987654321"),
            tuple("ListMetrics", "210987654321"));
    assertThat(used("AssumeRole").requests()).containsEntry(Outcome.OK, 1L);
  }

  @Test
  void aRoleThatCannotBeAssumedIsSaidWithThePermissionThatItNeeds() {
    String role = aws.account("210987654321", "other").role("yagura", "our-secret");
    try (AwsAccount account = account(Optional.of(role), Optional.of("wrong"))) {
      ScrapeException failure = failure(account);

      assertThat(failure.reason()).isEqualTo(FailureReason.DENIED);
      assertThat(failure)
          .hasMessage(
              "cannot ListMetrics: no credentials, denied, its policy must allow sts:AssumeRole"
                  + " (AccessDenied, 403)");
    }
  }

  @Test
  void everyRequestIsCountedByItsOutcomeThoseThatAreRepeatedToo() throws Exception {
    try (AwsAccount account = account(Optional.empty(), Optional.empty())) {
      list(account);
      aws.fail(Fault.throttled());
      assertThat(failure(account).reason()).isEqualTo(FailureReason.THROTTLED);
      aws.heal();
      aws.fail(Fault.denied());
      assertThat(failure(account).reason()).isEqualTo(FailureReason.DENIED);
      aws.heal();
      aws.fail(Fault.internalError());
      assertThat(failure(account).reason()).isEqualTo(FailureReason.UNREACHABLE);
    }

    assertThat(used("ListMetrics").requests())
        .containsEntry(Outcome.OK, 1L)
        .containsEntry(Outcome.THROTTLED, 3L)
        .containsEntry(Outcome.DENIED, 1L)
        .containsEntry(Outcome.ERROR, 3L);
    assertThat(used("ListMetrics").calls()).isEqualTo(4);
    assertThat(aws.count("ListMetrics")).isEqualTo(8);
  }

  @Test
  void onlyWhatWasAnsweredIsBilled() throws Exception {
    try (AwsAccount account = account(Optional.empty(), Optional.empty())) {
      list(account);
      aws.fail(Fault.denied());
      failure(account);
    }

    assertThat(use.meter().dollars()).isEqualTo(0.00001);
  }

  @Test
  void throttlingSlowsTheWholeProcessDown() {
    aws.fail(Fault.throttled());
    try (AwsAccount account = account(Optional.empty(), Optional.empty())) {
      failure(account);
    }

    assertThat(use.pacer().rate("prod", REGION, "cloudwatch", "ListMetrics").orElseThrow())
        .isLessThan(25);
    assertThat(use.pacer().rate("prod", "eu-west-2", "cloudwatch", "ListMetrics")).hasValue(25.0);
  }

  @Test
  void aServerThatDoesNotAnswerEndsInTime() {
    aws.fail(Fault.frozen());
    try (AwsAccount account = account(Optional.empty(), Optional.empty())) {
      ScrapeException failure = failure(account);

      assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT);
      assertThat(failure).hasMessage("cannot ListMetrics: no answer in time");
    }
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() {
    AwsAccount account = account(Optional.empty(), Optional.empty());
    aws.close();
    try (account) {
      assertThat(failure(account)).hasMessage("cannot ListMetrics: no connection");
    }
  }

  @Test
  void anUnknownKeyIsDeniedAndItsMessageIsNotShown() {
    aws.revoke("test");
    try (AwsAccount account = account(Optional.empty(), Optional.empty())) {
      assertThat(failure(account))
          .hasMessageStartingWith("cannot ListMetrics: denied (")
          .hasMessageNotContaining("test");
    }
  }

  @Test
  void withoutCredentialsThatIsSaid() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.setProperty("aws.disableEc2Metadata", "true");
    try (AwsAccount account = account(Optional.empty(), Optional.empty())) {
      ScrapeException failure = failure(account);

      assertThat(failure.reason()).isEqualTo(FailureReason.DENIED);
      assertThat(failure).hasMessage("cannot ListMetrics: no credentials were found");
    } finally {
      System.clearProperty("aws.disableEc2Metadata");
    }
  }

  @Test
  void aProfileThatIsNotThereFailsWhenItIsAskedAndNamesNothingSecret() {
    var settings =
        new AccountSettings(
            "prod",
            Optional.of("no-such-profile"),
            Optional.empty(),
            Optional.empty(),
            "yagura",
            List.of(REGION));
    try (var account = new AwsAccount(settings, Optional.of(aws.endpoint()), Patience.USUAL, use)) {
      assertThatThrownBy(() -> list(account)).isInstanceOf(ScrapeException.class);
    }
  }

  @Test
  void aRegionWhoseStsIsInTroubleDoesNotTakeTheOthersDown() throws Exception {
    String role = aws.account("210987654321", "other").role("yagura");
    aws.fail(
        Fault.internalError(),
        call -> call.operation().equals("AssumeRole") && call.region().equals(REGION));
    try (AwsAccount account = account(Optional.of(role), Optional.empty())) {
      assertThat(failure(account)).hasMessageContaining("no credentials, unreachable");
      CloudWatchClient elsewhere =
          new AwsPlace(account, "eu-west-2").client(CloudWatchClient.builder());
      AwsPlace.call(ACTION, () -> elsewhere.listMetrics());
    }

    assertThat(used("ListMetrics").requests()).containsEntry(Outcome.OK, 1L);
  }

  @Test
  void whatAsksForMorePointsThanAwsAllowsWaits() throws Exception {
    Instant now = clock.instant();
    try (AwsAccount account = account(Optional.empty(), Optional.empty())) {
      CloudWatchClient client = new AwsPlace(account, REGION).client(CloudWatchClient.builder());
      for (int i = 0; i < 4; i++) {
        client.getMetricData(
            request ->
                request
                    .startTime(now.minus(Duration.ofHours(1500)))
                    .endTime(now)
                    .metricDataQueries(aQueryOfMinutes()));
      }
    }

    // Four times 90,000 points, of which 180,000 may be asked for in a second.
    assertThat(Duration.between(now, clock.instant()).toMillis()).isBetween(990L, 1_010L);
  }

  private static MetricDataQuery aQueryOfMinutes() {
    Metric metric = Metric.builder().namespace("A").metricName("B").build();
    MetricStat stat = MetricStat.builder().metric(metric).period(60).stat("Sum").build();
    return MetricDataQuery.builder().id("q").metricStat(stat).build();
  }
}
