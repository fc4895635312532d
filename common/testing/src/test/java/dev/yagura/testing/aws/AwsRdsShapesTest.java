package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.PendingMaintenanceAction;
import software.amazon.awssdk.services.rds.model.ResourcePendingMaintenanceActions;
import software.amazon.awssdk.services.rds.model.SupportedEngineLifecycle;
import software.amazon.awssdk.services.rds.model.Tag;

class AwsRdsShapesTest {
  private static final Instant LATER = Instant.parse("2027-03-01T00:00:00Z");

  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final RdsDouble model = bed.aws.account().rds(Bed.REGION);
  private final RdsClient rds = bed.client(RdsClient.builder());

  @BeforeEach
  void oneClusterOfTwo() {
    model.addCluster("orders");
    model.addInstance("orders", "orders-1");
    model.addInstance("orders", "orders-2").promotionTier(0);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private DBCluster cluster(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().get(0);
  }

  @Test
  void aClusterIsReadBackAsItWasMade() {
    model
        .addCluster("billing")
        .engineVersion("17.5")
        .status("backing-up")
        .endpoint("127.0.0.1", 15_432)
        .readerEndpoint("127.0.0.2")
        .iamAuthentication(true)
        .masterUserSecret("arn:aws:secretsmanager:eu-central-1:123456789012:secret:billing")
        .serverless(0.5, 16, 600)
        .backups(14, Bed.NOON.minus(Duration.ofDays(14)), Bed.NOON.minusSeconds(300))
        .allocatedStorage(1)
        .tag("team", "<payments>");
    DBCluster read = cluster("billing");
    assertThat(read.engine()).isEqualTo("aurora-postgresql");
    assertThat(read.engineVersion()).isEqualTo("17.5");
    assertThat(read.status()).isEqualTo("backing-up");
    assertThat(read.endpoint()).isEqualTo("127.0.0.1");
    assertThat(read.port()).isEqualTo(15_432);
    assertThat(read.readerEndpoint()).isEqualTo("127.0.0.2");
    assertThat(read.iamDatabaseAuthenticationEnabled()).isTrue();
    assertThat(read.masterUserSecret().secretArn()).endsWith("secret:billing");
    assertThat(read.serverlessV2ScalingConfiguration().minCapacity()).isEqualTo(0.5);
    assertThat(read.serverlessV2ScalingConfiguration().maxCapacity()).isEqualTo(16);
    assertThat(read.serverlessV2ScalingConfiguration().secondsUntilAutoPause()).isEqualTo(600);
    assertThat(read.backupRetentionPeriod()).isEqualTo(14);
    assertThat(read.earliestRestorableTime()).isEqualTo(Bed.NOON.minus(Duration.ofDays(14)));
    assertThat(read.latestRestorableTime()).isEqualTo(Bed.NOON.minusSeconds(300));
    assertThat(read.allocatedStorage()).isEqualTo(1);
    assertThat(read.dbClusterArn())
        .isEqualTo("arn:aws:rds:eu-central-1:123456789012:cluster:billing");
    assertThat(read.dbClusterResourceId()).isEqualTo("cluster-BILLING");
    assertThat(read.clusterCreateTime()).isEqualTo(Bed.NOON);
    assertThat(read.tagList())
        .containsExactly(Tag.builder().key("team").value("<payments>").build());
    assertThat(read.dbClusterMembers()).isEmpty();
  }

  @Test
  void anInstanceIsReadBackAsItWasMade() {
    model
        .addInstance("orders", "orders-3")
        .instanceClass("db.serverless")
        .status("rebooting")
        .endpoint("127.0.0.1", 15_433)
        .availabilityZone("eu-central-1b")
        .promotionTier(7)
        .certificate("rds-ca-ecc384-g1", LATER)
        .pending("DBInstanceClass", "db.r8g.large")
        .performanceInsights(true)
        .monitoringInterval(15)
        .publiclyAccessible(true)
        .tag("team", "orders");
    DBInstance read =
        rds.describeDBInstances(r -> r.dbInstanceIdentifier("orders-3")).dbInstances().get(0);
    assertThat(read.dbClusterIdentifier()).isEqualTo("orders");
    assertThat(read.dbInstanceClass()).isEqualTo("db.serverless");
    assertThat(read.dbInstanceStatus()).isEqualTo("rebooting");
    assertThat(read.endpoint().address()).isEqualTo("127.0.0.1");
    assertThat(read.endpoint().port()).isEqualTo(15_433);
    assertThat(read.availabilityZone()).isEqualTo("eu-central-1b");
    assertThat(read.promotionTier()).isEqualTo(7);
    assertThat(read.caCertificateIdentifier()).isEqualTo("rds-ca-ecc384-g1");
    assertThat(read.certificateDetails().validTill()).isEqualTo(LATER);
    assertThat(read.pendingModifiedValues().dbInstanceClass()).isEqualTo("db.r8g.large");
    assertThat(read.performanceInsightsEnabled()).isTrue();
    assertThat(read.monitoringInterval()).isEqualTo(15);
    assertThat(read.publiclyAccessible()).isTrue();
    assertThat(read.instanceCreateTime()).isEqualTo(Bed.NOON);
    assertThat(read.dbiResourceId()).isEqualTo("db-ORDERS-3");
    assertThat(read.dbInstanceArn()).isEqualTo("arn:aws:rds:eu-central-1:123456789012:db:orders-3");
    assertThat(read.engine()).isEqualTo("aurora-postgresql");
    assertThat(read.engineVersion()).isEqualTo("16.8");
    assertThat(read.tagList()).hasSize(1);
  }

  @Test
  void aFieldThatIsTakenAwayIsNotInTheAnswer() {
    model.addCluster("billing").set("ReaderEndpoint", null);
    assertThat(cluster("billing").readerEndpoint()).isNull();
    assertThat(cluster("billing").serverlessV2ScalingConfiguration()).isNull();
  }

  @Test
  void pendingMaintenanceIsReadBack() {
    String arn = "arn:aws:rds:eu-central-1:123456789012:cluster:orders";
    model.addMaintenance(arn, "system-update", "New patch", LATER, null);
    List<ResourcePendingMaintenanceActions> pending =
        rds.describePendingMaintenanceActions().pendingMaintenanceActions();
    assertThat(pending).hasSize(1);
    assertThat(pending.get(0).resourceIdentifier()).isEqualTo(arn);
    PendingMaintenanceAction action = pending.get(0).pendingMaintenanceActionDetails().get(0);
    assertThat(action.action()).isEqualTo("system-update");
    assertThat(action.description()).isEqualTo("New patch");
    assertThat(action.autoAppliedAfterDate()).isEqualTo(LATER);
    assertThat(action.forcedApplyDate()).isNull();
  }

  @Test
  void theLifecyclesOfMajorVersionsAreReadBack() {
    Instant end = Instant.parse("2029-02-28T00:00:00Z");
    model.addLifecycle(
        "aurora-postgresql", "16", "open-source-rds-standard-support", Bed.NOON, LATER);
    model.addLifecycle("aurora-postgresql", "16", "open-source-rds-extended-support", LATER, end);
    model.addLifecycle("mysql", "8.0", "open-source-rds-standard-support", Bed.NOON, LATER);
    var versions =
        rds.describeDBMajorEngineVersions(r -> r.engine("aurora-postgresql"))
            .dbMajorEngineVersions();
    assertThat(versions).hasSize(1);
    assertThat(versions.get(0).majorEngineVersion()).isEqualTo("16");
    List<SupportedEngineLifecycle> lifecycles = versions.get(0).supportedEngineLifecycles();
    assertThat(lifecycles)
        .extracting(SupportedEngineLifecycle::lifecycleSupportNameAsString)
        .containsExactly("open-source-rds-standard-support", "open-source-rds-extended-support");
    assertThat(lifecycles.get(1).lifecycleSupportStartDate()).isEqualTo(LATER);
    assertThat(lifecycles.get(1).lifecycleSupportEndDate()).isEqualTo(end);
  }
}
