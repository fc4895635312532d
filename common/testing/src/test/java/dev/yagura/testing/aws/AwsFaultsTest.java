package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.Await;
import dev.yagura.testing.LeakCheck;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.pi.PiClient;
import software.amazon.awssdk.services.pi.model.NotAuthorizedException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sts.StsClient;

class AwsFaultsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE, "HttpClient-");

  private final Bed bed = new Bed();
  private final CloudWatchClient cloudWatch = bed.client(CloudWatchClient.builder());
  private final RdsClient rds = bed.client(RdsClient.builder());
  private final CloudFrontClient cloudFront = bed.client(CloudFrontClient.builder());
  private final AcmClient acm = bed.client(AcmClient.builder());
  private final StsClient sts = bed.client(StsClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private List<ThrowingCallable> oneOfEach() {
    return List.of(
        () -> cloudWatch.listMetrics(),
        () -> rds.describeDBClusters(),
        () -> cloudFront.listDistributions(),
        () -> acm.listCertificates(),
        () -> sts.getCallerIdentity());
  }

  private static void assertFails(ThrowingCallable call, Consumer<AwsServiceException> how) {
    assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, how);
  }

  /** What the SDK learned from another test's double, whose clock stands still. */
  @BeforeEach
  void forgetTheTime() {
    SdkGlobalTime.setGlobalTimeOffset(0);
  }

  @Test
  void theSdkKnowsAThrottleOfEveryServiceForOne() {
    bed.aws.fail(Fault.throttled());
    for (ThrowingCallable call : oneOfEach()) {
      assertFails(call, e -> assertThat(e.isThrottlingException()).isTrue());
    }
    bed.aws.heal();
    bed.aws.fail(Fault.throttled("RequestLimitExceeded"));
    for (ThrowingCallable call : oneOfEach()) {
      assertFails(call, e -> assertThat(e.isThrottlingException()).isTrue());
    }
  }

  @Test
  void deniedIsSaidWithTheUserAndTheAction() throws Throwable {
    bed.aws.fail(Fault.denied(), call -> call.operation().equals("ListMetrics"));
    assertFails(
        () -> cloudWatch.listMetrics(),
        e -> {
          assertThat(e.statusCode()).isEqualTo(403);
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
          assertThat(e.awsErrorDetails().errorMessage())
              .startsWith(
                  "User: arn:aws:iam::123456789012:user/AKIATEST is not authorized to perform:"
                      + " cloudwatch:ListMetrics");
        });
    oneOfEach().get(1).call();
    bed.aws.fail(Fault.denied());
    assertFails(
        () -> acm.listCertificates(),
        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
  }

  @Test
  void aFaultIsForTheCallsThatItIsMeantFor() {
    bed.aws.fail(
        Fault.internalError(),
        call -> call.service().equals("rds") && call.region().equals("us-east-1"));
    rds.describeDBClusters();
    bed.aws.fail(Fault.internalError(), call -> call.account().equals("123456789012"));
    assertFails(() -> rds.describeDBClusters(), e -> assertThat(e.statusCode()).isEqualTo(500));
  }

  @Test
  void anyErrorOfAServiceCanBeMade() {
    PiClient pi = bed.client(PiClient.builder());
    bed.aws.fail(Fault.error(400, "NotAuthorizedException", "not you"));
    assertThatThrownBy(() -> pi.getResourceMetrics(r -> r.identifier("db-A")))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("not you");
  }

  @Test
  void aRateOfCallsIsThrottledWithinASecondOfTheClock() {
    bed.aws.fail(Fault.throttledAbove(2));
    cloudWatch.listMetrics();
    cloudWatch.listMetrics();
    assertFails(
        () -> cloudWatch.listMetrics(), e -> assertThat(e.isThrottlingException()).isTrue());
    rds.describeDBClusters();
    bed.clock.advance(Duration.ofSeconds(1));
    cloudWatch.listMetrics();
  }

  @Test
  void whatIsFrozenIsAnsweredWhenItHeals() {
    bed.aws.fail(Fault.frozen());
    CompletableFuture<Object> answer = new CompletableFuture<>();
    Thread caller = new Thread(() -> answer.complete(cloudWatch.listMetrics()), "caller");
    caller.start();
    assertThat(Await.until(Await.PATIENCE, () -> bed.aws.count("ListMetrics") == 1)).isTrue();
    assertThat(answer).isNotDone();
    bed.aws.heal();
    assertThat(answer).succeedsWithin(Await.PATIENCE);
  }

  @Test
  void whoGivesUpOnAFrozenServerLeavesNoThreadThere() {
    bed.aws.fail(Fault.frozen());
    assertThatThrownBy(
            () ->
                cloudWatch.listMetrics(
                    r -> r.overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(300)))))
        .isInstanceOf(ApiCallTimeoutException.class);
  }

  @Test
  void aCutBodyIsNoAnswer() {
    bed.aws.account().cloudWatch(Bed.REGION).publish("AWS/X", "M", Map.of(), Bed.NOON, 1);
    bed.aws.fail(Fault.cutBody());
    for (ThrowingCallable call : oneOfEach()) {
      assertThatThrownBy(call).isInstanceOf(SdkClientException.class);
    }
  }

  @Test
  void slowAnswersComeLater() {
    bed.aws.fail(Fault.slow(Duration.ofMillis(200)));
    long start = System.nanoTime();
    cloudWatch.listMetrics();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void aSkewedClockIsRefusedUntilTheSdkTakesTheServersTime() throws Throwable {
    bed.aws.fail(Fault.skewed(Duration.ofHours(2)));
    try {
      for (ThrowingCallable call : oneOfEach()) {
        assertFails(call, e -> assertThat(e.statusCode()).isBetween(400, 403));
        call.call();
      }
      assertThat(bed.aws.calls()).hasSize(2 * oneOfEach().size());
    } finally {
      // What the SDK learned is for all clients of this JVM that are made from now on.
      SdkGlobalTime.setGlobalTimeOffset(0);
    }
  }

  @Test
  void aSkewedClockCanBeRefusedWithAnotherCode() {
    bed.aws.fail(Fault.skewed(Duration.ofHours(-2), "RequestTimeTooSkewed"));
    try {
      assertFails(
          () -> rds.describeDBClusters(), e -> assertThat(e.isClockSkewException()).isTrue());
    } finally {
      SdkGlobalTime.setGlobalTimeOffset(0);
    }
  }

  @Test
  void aClockThatIsAlmostRightIsGoodEnough() {
    bed.aws.fail(Fault.skewed(Duration.ofMinutes(-4)));
    assertThat(rds.describeDBClusters().dbClusters()).isEmpty();
  }

  @Test
  void aListingCanFailOnALaterPage() {
    for (int i = 0; i < 501; i++) {
      bed.aws.account().cloudWatch(Bed.REGION).publish("AWS/X", "m" + i, Map.of(), Bed.NOON, 1);
    }
    bed.aws.fail(Fault.onPage(2, Fault.throttled()));
    AtomicReference<Integer> seen = new AtomicReference<>(0);
    assertFails(
        () ->
            cloudWatch
                .listMetricsPaginator()
                .forEach(page -> seen.updateAndGet(n -> n + page.metrics().size())),
        e -> assertThat(e.isThrottlingException()).isTrue());
    assertThat(seen).hasValue(500);
  }

  @Test
  void whatIsNotSignedIsRefused() throws IOException, InterruptedException {
    HttpRequest unsigned =
        HttpRequest.newBuilder(bed.aws.endpoint())
            .POST(HttpRequest.BodyPublishers.ofString("Action=ListMetrics"))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(unsigned, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("<Code>MissingAuthenticationToken</Code>");
    assertThat(bed.aws.calls()).isEmpty();
  }

  @Test
  void anOperationThatTheDoubleLacksIsAnError() {
    assertFails(
        () -> rds.describeDBParameterGroups(),
        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
    assertFails(
        () -> cloudFront.listCachePolicies(r -> {}),
        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
  }
}
