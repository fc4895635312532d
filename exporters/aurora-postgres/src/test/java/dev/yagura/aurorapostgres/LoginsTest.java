package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.discovery.Authentication;
import dev.yagura.aurorapostgres.discovery.DiscoveredTarget;
import dev.yagura.aurorapostgres.discovery.Logins;
import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aurorapostgres.session.Credentials;
import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.Await;
import dev.yagura.testing.aws.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LoginsTest {
  private static final String ALL = "discovery: [{user: yagura, auth: iam}]";
  private static final String ARN =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/yagura-double";
  private static final Address SERVER =
      new Address(List.of("127.0.0.1:1"), "postgres", "", null, Map.of());

  private static Deadline in(Duration patience) {
    return Deadline.after(patience, System::nanoTime);
  }

  private static Credentials credentials(
      Cloud cloud, LongSupplier nanoClock, String account, Authentication way) {
    return new Logins(nanoClock)
        .of(
            new DiscoveredTarget(
                "shop-1",
                new AwsPlace(cloud.client.account(account).orElseThrow(), Cloud.REGION),
                "shop-1",
                "db-SHOP",
                SERVER,
                way,
                false,
                Map.of()));
  }

  /** IAM where the role cannot be assumed: the answer does not come. */
  private static Cloud withFrozenRole() {
    Cloud cloud = Cloud.of(ALL, Cloud.account("other", "arn:aws:iam::210987654321:role/yagura"));
    cloud.aws.fail(Fault.frozen(), call -> call.service().equals("sts"));
    return cloud;
  }

  @Test
  void aTokenIsMadeBeforeTheDeadlineOrNotAtAll() {
    try (Cloud cloud = withFrozenRole()) {
      Credentials iam =
          credentials(cloud, System::nanoTime, "other", new Authentication.Iam("reader"));
      long begin = System.nanoTime();
      assertThatThrownBy(() -> iam.login(in(Duration.ofSeconds(2))))
          .isInstanceOf(ScrapeException.class)
          .hasMessageContaining("token")
          .extracting(e -> ((ScrapeException) e).reason())
          .isEqualTo(FailureReason.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void closingAConnectionWaitsForNoDialUnderWay() throws Exception {
    try (Cloud cloud = withFrozenRole()) {
      Credentials iam =
          credentials(cloud, System::nanoTime, "other", new Authentication.Iam("reader"));
      var kept = new KeptConnection(new Connector(SERVER, iam), true, System::nanoTime);
      ExecutorService worker = Executors.newSingleThreadExecutor();
      try {
        Future<?> dial = worker.submit(() -> kept.open(in(Duration.ofSeconds(10))));
        Await.until("the role is asked for", () -> cloud.aws.count("AssumeRole") > 0);
        long begin = System.nanoTime();
        kept.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThatThrownBy(dial::get).hasCauseInstanceOf(ScrapeException.class);
      } finally {
        worker.shutdownNow();
      }
    }
  }

  @Test
  void aBareSecretWithoutAUserIsRefusedAndSaysSo() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.aws.account().secretsManager(Cloud.REGION).put("shop/yagura", "hunter2");
      Credentials secret =
          credentials(cloud, cloud.clock, "default", new Authentication.InSecret("", ARN));
      assertThatThrownBy(() -> secret.login(in(Duration.ofSeconds(9))))
          .hasMessageContaining("user")
          .hasMessageNotContaining("hunter2")
          .extracting(e -> ((ScrapeException) e).reason())
          .isEqualTo(FailureReason.INVALID);
    }
  }

  @Test
  void aSecretThatCouldNotBeReadForAMomentIsReadAgainSoonAndThenMoreRarely() throws Exception {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.aws.account().secretsManager(Cloud.REGION).put("shop/yagura", "hunter2");
      cloud.aws.fail(Fault.internalError(), call -> call.operation().equals("GetSecretValue"));
      Credentials secret =
          credentials(cloud, cloud.clock, "default", new Authentication.InSecret("reader", ARN));
      for (int seconds : new int[] {0, 5, 15, 60, 60}) {
        cloud.clock.advance(Duration.ofSeconds(Math.max(0, seconds - 1)));
        int before = cloud.aws.count("GetSecretValue");
        if (seconds > 0) {
          fails(secret);
          assertThat(cloud.aws.count("GetSecretValue")).isEqualTo(before);
          cloud.clock.advance(Duration.ofSeconds(1));
        }
        fails(secret);
        assertThat(cloud.aws.count("GetSecretValue")).isGreaterThan(before);
      }
      cloud.aws.heal();
      cloud.clock.advance(Duration.ofSeconds(60));
      assertThat(secret.login(in(Duration.ofSeconds(9))).password()).isEqualTo("hunter2");
    }
  }

  private static void fails(Credentials secret) {
    assertThatThrownBy(() -> secret.login(in(Duration.ofSeconds(9))))
        .isInstanceOf(ScrapeException.class);
  }
}
