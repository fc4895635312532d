package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.metrics.Family;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.aws.DbCluster;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.RdsDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DiscoveryTest {
  private static final String ALL = "discovery: [{user: yagura, auth: iam}]";

  @AfterEach
  void credentialsAreThereAgain() {
    Cloud.credentials();
  }

  @Test
  void instancesAreWatchedThatHaveTheTagsThemselvesOrByTheirCluster() {
    try (Cloud cloud = Cloud.of("discovery: [{tags: {team: sre, env: prod}, user: yagura}]")) {
      cloud.instance("shop", "shop-1").tag("env", "prod");
      cloud.instance("shop", "shop-2").tag("env", "test");
      cloud.rds().addCluster("other");
      cloud.instance("other", "other-1").tag("team", "sre").tag("env", "prod");
      cloud.instance("untagged", "untagged-1");
      tagCluster(cloud, "team", "sre");
      cloud.look();
      assertThat(cloud.targets()).containsExactly(Cloud.PLACE, "other-1", "own-1");
    }
  }

  private static void tagCluster(Cloud cloud, String key, String value) {
    DbCluster own = cloud.rds().addCluster("own");
    own.tag(key, value);
    cloud.instance("own", "own-1").tag("env", "prod");
    cloud.instance("own", "own-2");
  }

  @Test
  void instancesAreWatchedWhoseNameOrClustersNameFitsThePattern() {
    try (Cloud cloud = Cloud.of("discovery: [{name: \"shop-*\", user: yagura}]")) {
      cloud.instance("shop-eu", "a");
      cloud.instance("misc", "shop-1");
      cloud.instance("misc", "my-shop-1");
      cloud.look();
      assertThat(cloud.targets()).containsExactly(Cloud.PLACE, "a", "shop-1");
    }
  }

  @Test
  void onlyAuroraPostgresIsWatchedAndOnlyWhatCanAnswer() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "up");
      cloud.instance("shop", "new").status("creating").set("Endpoint", null);
      cloud.instance("shop", "off").status("stopped");
      cloud.instance("shop", "going").status("deleting");
      cloud.instance("shop", "booting").status("rebooting");
      cloud.instance("sql", "mysql-1").set("Engine", "aurora-mysql");
      cloud.look();
      assertThat(cloud.targets()).containsExactly(Cloud.PLACE, "booting", "up");
    }
  }

  @Test
  void aTargetHasItsNameItsClusterAndWhatIsConfiguredAsLabels() {
    try (Cloud cloud = Cloud.of("discovery: [{user: yagura, labels: {stage: prod}}]")) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("pg_up", "target", "shop-1", "cluster", "shop", "stage", "prod"))
          .hasValue(0);
    }
  }

  @Test
  void aNewInstanceIsWatchedAndOneThatIsGoneLeavesWithAllItsSeries() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(0);
      cloud.instance("shop", "shop-2");
      cloud.rds().removeInstance("shop-1");
      cloud.lookLater();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("pg_up", "target", "shop-2")).hasValue(0);
      assertThat(scrape.samples()).noneMatch(sample -> sample.labels().containsValue("shop-1"));
      assertThat(cloud.exporter().hasTarget("shop-1")).isFalse();
      assertThat(cloud.exporter().hasTarget("shop-2")).isTrue();
    }
  }

  @Test
  void aTargetThatStaysKeepsTheCountOfItsFailuresAlsoOverAFailover() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.instance("shop", "shop-2");
      cloud.look();
      cloud.scrape();
      cloud.rds().failOver("shop", "shop-2");
      cloud.instance("shop", "shop-3");
      cloud.lookLater();
      assertThat(
              cloud
                  .scrape()
                  .value(
                      "yagura_scrape_failures_total",
                      "target",
                      "shop-1",
                      "scraper",
                      "database",
                      "reason",
                      "unreachable"))
          .hasValue(2);
    }
  }

  @Test
  void anInstanceThatWasMadeAnewUnderTheOldNameBeginsAnew() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      cloud.scrape();
      cloud.rds().removeInstance("shop-1");
      cloud.instance("shop", "shop-1").set("DbiResourceId", "db-ANOTHER");
      cloud.lookLater();
      assertThat(cloud.scrape().value("pg_exporter_scrapes_total", "target", "shop-1")).hasValue(1);
    }
  }

  @Test
  void aFailedLookKeepsTheListAndShowsItsAge() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      cloud.aws.fail(Fault.internalError());
      cloud.lookLater();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("pg_up", "target", "shop-1")).hasValue(0);
      assertThat(scrape.value("aws_rds_instance_available", "db_instance", "shop-1")).hasValue(1);
      assertThat(age(scrape)).isBetween(60.0, 70.0);
      assertThat(success(scrape)).hasValue(0);
      assertThat(failures(scrape, "unreachable")).hasValue(1);
      cloud.aws.heal();
      cloud.lookLater();
      assertThat(success(cloud.scrape())).hasValue(1);
      assertThat(age(cloud.scrape())).isLessThan(1);
    }
  }

  @Test
  void whatIsTooOldIsShownNoMoreButWatchedOn() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      cloud.aws.fail(Fault.internalError());
      cloud.clock.advance(Duration.ofMinutes(11));
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.samples("aws_rds_instance_info")).isEmpty();
      assertThat(age(scrape)).isGreaterThan(600);
      assertThat(scrape.value("pg_up", "target", "shop-1")).hasValue(0);
    }
  }

  @Test
  void aPageAndThenA500IsNoAnswerAtAll() {
    try (Cloud cloud = Cloud.of(ALL)) {
      for (int i = 0; i < 120; i++) {
        cloud.instance("shop", "shop-%03d".formatted(i));
      }
      cloud.look();
      assertThat(cloud.targets()).hasSize(121);
      cloud.aws.fail(
          Fault.onPage(2, Fault.internalError()),
          call -> call.operation().equals("DescribeDBInstances"));
      cloud.rds().removeInstance("shop-000");
      cloud.lookLater();
      assertThat(cloud.targets()).hasSize(121).contains("shop-000", "shop-119");
      assertThat(cloud.list().body()).contains("shop-119");
    }
  }

  @Test
  void anOperationThatIsDeniedIsNamedWithThePermissionAndTheOthersGoOn() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.aws.fail(
          Fault.denied(), call -> call.operation().equals("DescribePendingMaintenanceActions"));
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(cloud.message(Cloud.PLACE, "aurora_maintenance"))
          .contains("rds:DescribePendingMaintenanceActions")
          .contains("policy");
      assertThat(
              scrape.value(
                  "yagura_scrape_failures_total",
                  "scraper",
                  "aurora_maintenance",
                  "reason",
                  "denied"))
          .hasValue(1);
      assertThat(success(scrape)).hasValue(1);
    }
  }

  @Test
  void withoutCredentialsItSaysSoAndServesWhatItHas() {
    try (Cloud cloud = Cloud.of(ALL)) {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(failures(scrape, "denied")).hasValue(1);
      assertThat(cloud.message(Cloud.PLACE, "aurora_inventory"))
          .contains("no credentials")
          .contains("DescribeDBClusters");
      assertThat(scrape.value("postgres_exporter_config_last_reload_successful")).hasValue(1);
    }
  }

  @Test
  void throttlingIsToldAndAskedAgainSoonerThanUsual() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.aws.fail(Fault.throttled());
      cloud.look();
      assertThat(failures(cloud.scrape(), "throttled")).hasValue(1);
      cloud.aws.heal();
      cloud.clock.advance(Duration.ofSeconds(15));
      cloud.look();
      assertThat(cloud.targets()).contains("shop-1");
    }
  }

  @Test
  void anEmptyListIsAnAnswer() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      cloud.rds().removeInstance("shop-1");
      cloud.lookLater();
      assertThat(cloud.targets()).containsExactly(Cloud.PLACE);
      assertThat(success(cloud.scrape())).hasValue(1);
    }
  }

  @Test
  void aFailoverIsCountedAndTimedAndShownInRolesAndEvents() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.instance("shop", "shop-2");
      cloud.look();
      ParsedExposition before = cloud.scrape();
      assertThat(before.value("aws_rds_cluster_writer_changes_total")).hasValue(0);
      assertThat(before.samples("aws_rds_cluster_writer_change_timestamp_seconds")).isEmpty();
      assertThat(before.samples("aws_rds_cluster_failover_timestamp_seconds")).isEmpty();
      assertThat(isWriter(before, "shop-1")).hasValue(1);

      cloud.clock.advance(Duration.ofMinutes(5));
      Instant at = cloud.clock.instant();
      cloud.rds().failOver("shop", "shop-2");
      cloud.look();
      ParsedExposition after = cloud.scrape();
      assertThat(after.value("aws_rds_cluster_writer_changes_total", "db_cluster", "shop"))
          .hasValue(1);
      assertThat(after.value("aws_rds_cluster_writer_change_timestamp_seconds"))
          .hasValue((double) at.getEpochSecond());
      assertThat(after.value("aws_rds_cluster_failover_timestamp_seconds"))
          .hasValue((double) at.getEpochSecond());
      assertThat(isWriter(after, "shop-1")).hasValue(0);
      assertThat(isWriter(after, "shop-2")).hasValue(1);

      cloud.lookLater();
      assertThat(cloud.scrape().value("aws_rds_cluster_writer_changes_total")).hasValue(1);
    }
  }

  @Test
  void aRenamedWriterIsNoFailover() {
    try (Cloud cloud = Cloud.of(ALL)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      cloud.rds().removeInstance("shop-1");
      cloud.instance("shop", "shop-a").set("DbiResourceId", "db-SHOP-1");
      cloud.lookLater();
      assertThat(cloud.scrape().value("aws_rds_cluster_writer_changes_total")).hasValue(0);
    }
  }

  @Test
  void anAccountThatFailsDoesNotTouchTheOthers() {
    try (Cloud cloud =
        Cloud.of(
            ALL,
            Cloud.account("default"),
            Cloud.account("other", "arn:aws:iam::210987654321:role/none"))) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      assertThat(cloud.targets()).contains(Cloud.PLACE + "/shop-1");
      cloud.scrape();
      assertThat(cloud.message("other/eu-central-1", "aurora_inventory"))
          .contains("sts:AssumeRole");
    }
  }

  @Test
  void aNameThatIsConfiguredStaysTheConfiguredTargets() {
    try (Cloud cloud =
        Cloud.of(
            ALL
                + "\ntargets: [{name: shop-1, url: \"postgresql://127.0.0.1:1/x?sslmode=disable\"}]")) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      assertThat(cloud.targets()).containsExactly("shop-1", Cloud.PLACE, Cloud.PLACE + "/shop-1");
    }
  }

  @Test
  void familiesAndScrapersAreCompleteBeforeThereIsATarget() {
    try (Cloud cloud = Cloud.of(ALL)) {
      List<String> names =
          cloud.exporter().families().stream().map(Family::name).collect(Collectors.toList());
      assertThat(names).contains("pg_up", "pg_stat_database_numbackends", "aws_rds_cluster_info");
      assertThat(cloud.exporter().scrapers()).contains("database", "aurora_inventory");
      cloud.instance("shop", "shop-1");
      cloud.look();
      assertThat(cloud.scrape().families())
          .filteredOn(name -> !name.endsWith("_created"))
          .isSubsetOf(names);
    }
  }

  @Test
  void anAccountThatIsNotConfiguredIsRefused() {
    assertThatThrownBy(() -> Cloud.of("discovery: [{user: yagura, account: prodd}]"))
        .hasMessageContaining("\"prodd\"");
  }

  @Test
  void whatIsKnownOfClustersAndInstancesIsAsAgreed() {
    try (Cloud cloud = Cloud.of(ALL)) {
      estate(cloud);
      cloud.look();
      String text =
          cloud
              .text()
              .lines()
              .filter(line -> line.matches("(# (HELP|TYPE) )?aws_rds_.*"))
              .collect(Collectors.joining("\n", "", "\n"));
      Goldens.in(DiscoveryTest.class).assertMatches("discovery", text);
      Promtool.assumePresent();
      assertThat(Promtool.complaints(text)).isEmpty();
    }
  }

  /** Something of everything. */
  private static void estate(Cloud cloud) {
    RdsDouble rds = cloud.rds();
    rds.addCluster("shop")
        .engineVersion("16.8")
        .serverless(0.5, 16)
        .iamAuthentication(true)
        .backups(14, Cloud.NOON.minus(Duration.ofDays(14)), Cloud.NOON.minusSeconds(300))
        .set("PendingModifiedValues.IAMDatabaseAuthenticationEnabled", false);
    cloud
        .instance("shop", "shop-1")
        .instanceClass("db.serverless")
        .promotionTier(0)
        .pending("DBInstanceClass", "db.r8g.large")
        .performanceInsights(true);
    cloud.instance("shop", "shop-2").availabilityZone("eu-central-1b").status("rebooting");
    cloud.instance("old", "old-1").set("EngineVersion", "13.20");
    rds.addMaintenance(
        "arn:aws:rds:eu-central-1:123456789012:db:shop-2",
        "system-update",
        "New Operating System update is available",
        Cloud.NOON.plus(Duration.ofDays(3)),
        Cloud.NOON.plus(Duration.ofDays(30)));
    rds.addMaintenance(
        "arn:aws:rds:eu-central-1:123456789012:cluster:old", "db-upgrade", "Upgrade", null, null);
    rds.addMaintenance(
        "arn:aws:rds:eu-central-1:123456789012:db:somebody-elses", "x", "x", null, null);
    for (String engine : List.of("aurora-postgresql", "postgres")) {
      rds.addLifecycle(
          engine,
          "13",
          "open-source-rds-standard-support",
          Instant.parse("2021-08-26T00:00:00Z"),
          Instant.parse("2026-02-28T23:59:59Z"));
      rds.addLifecycle(
          engine,
          "13",
          "open-source-rds-extended-support",
          Instant.parse("2026-03-01T00:00:00Z"),
          Instant.parse("2029-02-28T23:59:59Z"));
    }
    rds.addLifecycle(
        "aurora-postgresql",
        "16",
        "open-source-rds-standard-support",
        Instant.parse("2024-01-31T00:00:00Z"),
        Instant.parse("2029-02-28T23:59:59Z"));
  }

  @Test
  void theListForPrometheusHasEveryInstanceAndTheTargetsNameWhereItIsWatched() {
    try (Cloud cloud = Cloud.of("discovery: [{name: \"*-1\", user: yagura}]")) {
      cloud.instance("shop", "shop-1").tag("cost-center", "a \"b\"");
      cloud.instance("shop", "shop-2");
      cloud.instance("shop", "new").status("creating").set("Endpoint", null);
      cloud.look();
      cloud.aws.clearCalls();
      assertThat(cloud.list().status()).isEqualTo(200);
      assertThat(cloud.list().contentType()).isEqualTo("application/json");
      assertThat(cloud.list().headers())
          .containsEntry("X-Prometheus-Refresh-Interval-Seconds", "60");
      Goldens.in(DiscoveryTest.class)
          .assertFileMatches("sd-aurora.json", cloud.list().body().replace("},{", "},\n{"));
      assertThat(cloud.aws.calls()).isEmpty();
    }
  }

  @Test
  void theListForPrometheusIsEmptyWhereThereIsNothingButNoAnswerBeforeTheFirstLook() {
    try (Cloud cloud = Cloud.of(ALL)) {
      assertThat(cloud.list().status()).isEqualTo(503);
      cloud.aws.fail(Fault.denied());
      cloud.look();
      assertThat(cloud.list().status()).isEqualTo(503);
      cloud.aws.heal();
      cloud.lookLater();
      assertThat(cloud.list().status()).isEqualTo(200);
      assertThat(cloud.list().body()).isEqualTo("[]\n");
    }
  }

  @Test
  void withoutDiscoveryThereIsNoPageAndNothingIsAsked() {
    try (Cloud cloud = Cloud.of("targets: [{url: \"postgresql://127.0.0.1:1/x\"}]")) {
      assertThat(cloud.exporter().pages()).isEmpty();
      assertThat(cloud.targets()).containsExactly("127.0.0.1:1");
      assertThat(cloud.exporter().families())
          .extracting(Family::name)
          .noneMatch(name -> name.startsWith("aws_"));
    }
  }

  @Test
  void aHundredInstancesCostTwoCallsALook() {
    try (Cloud cloud = Cloud.of(ALL)) {
      for (int i = 0; i < 100; i++) {
        cloud.instance("shop-" + i / 4, "shop-%03d".formatted(i));
      }
      cloud.look();
      assertThat(cloud.aws.calls()).hasSize(5);
      cloud.aws.clearCalls();
      cloud.lookLater();
      assertThat(cloud.aws.calls())
          .extracting(call -> call.operation())
          .containsExactly("DescribeDBClusters", "DescribeDBInstances");
    }
  }

  private static OptionalDouble isWriter(ParsedExposition scrape, String instance) {
    return scrape.value("aws_rds_instance_is_writer", "db_instance", instance);
  }

  private static double age(ParsedExposition scrape) {
    return scrape.value("yagura_snapshot_age_seconds", "scraper", "aurora_inventory").orElseThrow();
  }

  private static OptionalDouble success(ParsedExposition scrape) {
    return scrape.value("yagura_scrape_success", "scraper", "aurora_inventory");
  }

  private static OptionalDouble failures(ParsedExposition scrape, String reason) {
    return scrape.value(
        "yagura_scrape_failures_total", "scraper", "aurora_inventory", "reason", reason);
  }
}
