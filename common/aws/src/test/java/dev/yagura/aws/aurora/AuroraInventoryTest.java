package dev.yagura.aws.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.AwsAccount;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.RdsDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuroraInventoryTest {
  private static final String REGION = "eu-west-1";
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final FakeClock clock = FakeClock.at(NOON);
  private final AwsDouble aws = AwsDouble.start(clock);
  private final RdsDouble rds = aws.account().rds(REGION);
  private final AwsAccount account =
      new AwsAccount(
          new AccountSettings(
              "prod", Optional.empty(), Optional.empty(), Optional.empty(), "yagura", List.of()),
          Optional.of(aws.endpoint()),
          Patience.USUAL,
          AwsUse.fresh(clock, clock, clock::advance));

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterEach
  void end() {
    account.close();
    aws.close();
  }

  private AuroraEstate read() throws ScrapeException, InterruptedException {
    return read(Deadline.after(Duration.ofMinutes(1), clock));
  }

  private AuroraEstate read(Deadline deadline) throws ScrapeException, InterruptedException {
    return new AuroraInventory(new AwsPlace(account, REGION)).read(deadline);
  }

  @Test
  void aClusterIsReadAsTheApiTellsIt() throws Exception {
    rds.addCluster("shop")
        .endpoint("shop.cluster", 5433)
        .readerEndpoint("shop.reader")
        .serverless(0, 8, 300)
        .iamAuthentication(true)
        .backups(14, NOON.minusSeconds(86_400), NOON.minusSeconds(300))
        .masterUserSecret("arn:of:secret")
        .set("DatabaseName", "orders")
        .set("PendingModifiedValues.MasterUserPassword", "****")
        .tag("team", "sre");
    rds.addInstance("shop", "shop-1");
    rds.addInstance("shop", "shop-2");

    assertThat(read().clusters())
        .containsExactly(
            new AuroraCluster(
                "shop",
                "arn:aws:rds:eu-west-1:123456789012:cluster:shop",
                "cluster-SHOP",
                "16.8",
                "available",
                new AuroraEndpoint("shop.cluster", 5433),
                new AuroraEndpoint("shop.reader", 5433),
                "orders",
                Map.of("team", "sre"),
                Map.of("shop-1", AuroraRole.WRITER, "shop-2", AuroraRole.READER),
                new ServerlessCapacity(0.0, 8.0, 300),
                true,
                14,
                NOON.minusSeconds(86_400),
                NOON.minusSeconds(300),
                List.of("MasterUserPassword"),
                null,
                "arn:of:secret",
                NOON));
    assertThat(read().clusters().get(0).writerId()).isEqualTo("shop-1");
  }

  @Test
  void anInstanceIsReadAsTheApiTellsIt() throws Exception {
    rds.addCluster("shop");
    rds.addInstance("shop", "shop-1")
        .endpoint("shop-1.example", 5433)
        .promotionTier(3)
        .certificate("rds-ca-rsa2048-g1", NOON.plusSeconds(60))
        .pending("DBInstanceClass", "db.r8g.large")
        .performanceInsights(true)
        .tag("env", "prod");

    assertThat(read().instances())
        .containsExactly(
            new AuroraInstance(
                "shop-1",
                "arn:aws:rds:eu-west-1:123456789012:db:shop-1",
                "db-SHOP-1",
                "shop",
                AuroraRole.WRITER,
                3,
                "16.8",
                "db.r6g.large",
                "eu-west-1a",
                "available",
                new AuroraEndpoint("shop-1.example", 5433),
                Map.of("env", "prod"),
                false,
                "rds-ca-rsa2048-g1",
                NOON.plusSeconds(60),
                List.of("DBInstanceClass"),
                true,
                NOON));
  }

  @Test
  void whatTheApiDoesNotTellIsNull() throws Exception {
    rds.addCluster("shop").set("BackupRetentionPeriod", null).set("Endpoint", null);
    rds.addInstance("shop", "shop-1")
        .set("Endpoint", null)
        .set("CertificateDetails", null)
        .set("PromotionTier", null);
    AuroraEstate estate = read();
    assertThat(estate.clusters().get(0).backupRetentionDays()).isNull();
    assertThat(estate.clusters().get(0).writer()).isNull();
    assertThat(estate.clusters().get(0).serverless()).isNull();
    assertThat(estate.instances().get(0).endpoint()).isNull();
    assertThat(estate.instances().get(0).certificateValidTill()).isNull();
    assertThat(estate.instances().get(0).promotionTier()).isNull();
  }

  @Test
  void allPagesAreReadInTheOrderOfTheIdentifiersAndNoOtherEngine() throws Exception {
    rds.addCluster("sql").set("Engine", "aurora-mysql");
    rds.addInstance("sql", "sql-1");
    rds.addCluster("shop");
    for (int i = 249; i >= 0; i--) {
      rds.addInstance("shop", "shop-%03d".formatted(i));
    }
    AuroraEstate estate = read();
    assertThat(estate.clusters()).extracting(AuroraCluster::id).containsExactly("shop");
    assertThat(estate.instances()).hasSize(250);
    assertThat(estate.instances().get(7).id()).isEqualTo("shop-007");
    assertThat(aws.count("DescribeDBInstances")).isEqualTo(3);
  }

  @Test
  void aPageThatIsMissingIsNoAnswerAndADeadlineEndsTheAsking() {
    rds.addCluster("shop");
    for (int i = 0; i < 150; i++) {
      rds.addInstance("shop", "shop-%03d".formatted(i));
    }
    assertThatThrownBy(() -> read(Deadline.after(Duration.ZERO, clock)))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));
    assertThat(aws.calls()).isEmpty();
    aws.fail(
        Fault.onPage(2, Fault.denied()), call -> call.operation().equals("DescribeDBInstances"));
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.DENIED))
        .hasMessageContaining("rds:DescribeDBInstances");
  }
}
