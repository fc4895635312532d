package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Sample;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.PiDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PerformanceInsightsTest {
  private static final String ON =
      "discovery: [{user: yagura}]\nperformance_insights: {enabled: true, top_sql: 2}";
  private static final Instant MINUTE = Cloud.NOON.minus(Duration.ofMinutes(2));

  private static void publish(Cloud cloud, String instance) {
    PiDouble pi = cloud.aws.account().pi(Cloud.REGION);
    String id = "db-" + instance.toUpperCase(Locale.ROOT);
    pi.publish(id, "db.load.avg", Map.of(), MINUTE, 5);
    pi.publish(id, "db.load.avg", wait("CPU", "CPU"), MINUTE, 3);
    pi.publish(id, "db.load.avg", wait("IO", "IO:DataFileRead"), MINUTE, 1.5);
    pi.publish(id, "db.load.avg", sql("pi-1", "111"), MINUTE, 2);
    pi.publish(id, "db.load.avg", sql("pi-2", "222"), MINUTE, 1);
    pi.publish(id, "db.load.avg", sql("pi-3", "333"), MINUTE, 0.5);
  }

  private static Map<String, String> wait(String type, String name) {
    return Map.of("db.wait_event.type", type, "db.wait_event.name", name);
  }

  private static Map<String, String> sql(String id, String queryId) {
    return Map.of("db.sql_tokenized.id", id, "db.sql_tokenized.db_id", queryId);
  }

  @Test
  void theLoadIsShownByWaitAndByStatementAndTheRestAsOther() {
    try (Cloud cloud = Cloud.of(ON)) {
      cloud.instance("shop", "shop-1").performanceInsights(true);
      cloud.instance("shop", "shop-2");
      publish(cloud, "shop-1");
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(waiting(scrape, "CPU")).hasValue(3);
      assertThat(waiting(scrape, "IO:DataFileRead")).hasValue(1.5);
      assertThat(waiting(scrape, "other")).hasValue(0.5);
      assertThat(running(scrape, "111")).hasValue(2);
      assertThat(running(scrape, "222")).hasValue(1);
      assertThat(running(scrape, "333")).isEmpty();
      assertThat(running(scrape, "other")).hasValue(2);
      assertThat(
              scrape.samples("aws_rds_sql_load_sessions").stream().mapToDouble(Sample::value).sum())
          .isCloseTo(5, within(1e-9));
      assertThat(cloud.aws.count("GetResourceMetrics")).isEqualTo(1);
      assertThat(cloud.client.budget().projectedDollarsPerMonth()).isCloseTo(0.4383, within(1e-6));
    }
  }

  @Test
  void whereNoInstanceHasItItIsUnsupportedAndNoFailure() {
    try (Cloud cloud = Cloud.of(ON)) {
      cloud.instance("shop", "shop-1");
      cloud.look();
      isUnsupported(cloud);
      assertThat(cloud.aws.count("GetResourceMetrics")).isZero();
    }
  }

  @Test
  void whereItIsNotThereAnyMoreItIsUnsupportedAndNoFailure() {
    try (Cloud cloud = Cloud.of(ON)) {
      cloud.instance("shop", "shop-1").performanceInsights(true);
      cloud.aws.fail(
          Fault.error(400, "InvalidArgumentException", "No such resource"),
          call -> call.service().equals("pi"));
      cloud.look();
      isUnsupported(cloud);
    }
  }

  private static void isUnsupported(Cloud cloud) {
    ParsedExposition scrape = cloud.scrape();
    String[] scraper = {"scraper", "aurora_performance_insights"};
    assertThat(scrape.value("yagura_scrape_unsupported", scraper)).hasValue(1);
    assertThat(scrape.value("yagura_scrape_success", scraper)).hasValue(1);
    assertThat(scrape.samples("aws_rds_wait_load_sessions")).isEmpty();
  }

  @Test
  void oneInstanceThatFailsIsCountedAndDoesNotHideTheOthers() {
    try (Cloud cloud = Cloud.of(ON)) {
      for (String instance : new String[] {"shop-1", "shop-2", "shop-3"}) {
        cloud.instance("shop", instance).performanceInsights(true);
        publish(cloud, instance);
      }
      var asked = new AtomicInteger();
      cloud.aws.fail(
          Fault.error(400, "NotAuthorizedException", "no"),
          call -> call.operation().equals("GetResourceMetrics") && asked.incrementAndGet() == 2);
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(loads(scrape, "shop-1")).hasValue(3);
      assertThat(loads(scrape, "shop-2")).isEmpty();
      assertThat(loads(scrape, "shop-3")).hasValue(3);
      assertThat(scrape.value("aws_rds_insights_failed_instances")).hasValue(1);
    }
  }

  @Test
  void whereAllInstancesFailTheScraperFails() {
    try (Cloud cloud = Cloud.of(ON)) {
      cloud.instance("shop", "shop-1").performanceInsights(true);
      cloud.aws.fail(
          Fault.error(400, "NotAuthorizedException", "no"), call -> call.service().equals("pi"));
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("yagura_scrape_success", "scraper", "aurora_performance_insights"))
          .hasValue(0);
      assertThat(cloud.message(Cloud.PLACE, "aurora_performance_insights"))
          .contains("pi:GetResourceMetrics");
    }
  }

  @Test
  void anArgumentThatIsNotAboutTheResourceIsAFailure() {
    try (Cloud cloud = Cloud.of(ON)) {
      cloud.instance("shop", "shop-1").performanceInsights(true);
      cloud.aws.fail(
          Fault.error(400, "InvalidArgumentException", "Limit must be less than 25"),
          call -> call.service().equals("pi"));
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("yagura_scrape_success", "scraper", "aurora_performance_insights"))
          .hasValue(0);
    }
  }

  private static OptionalDouble loads(ParsedExposition scrape, String instance) {
    return scrape.value("aws_rds_wait_load_sessions", "db_instance", instance, "wait_event", "CPU");
  }

  @Test
  void whatTheBudgetDoesNotGrantIsNotAsked() {
    try (Cloud cloud = Cloud.withBudget(0.5, ON)) {
      for (String instance : new String[] {"shop-1", "shop-2"}) {
        cloud.instance("shop", instance).performanceInsights(true);
        publish(cloud, instance);
      }
      cloud.look();
      assertThat(cloud.aws.count("GetResourceMetrics")).isEqualTo(1);
      assertThat(cloud.client.budget().shed()).hasSize(1);
    }
  }

  @Test
  void withoutTheSectionItIsNotAsked() {
    try (Cloud cloud = Cloud.of("discovery: [{user: yagura}]")) {
      cloud.instance("shop", "shop-1").performanceInsights(true);
      cloud.look();
      assertThat(cloud.aws.count("GetResourceMetrics")).isZero();
      assertThat(cloud.exporter().scrapers()).doesNotContain("aurora_performance_insights");
    }
  }

  @Test
  void withoutDiscoveryThereIsNothingToAskAbout() {
    assertThatThrownBy(
            () -> Cloud.of("targets: [{url: \"postgresql://x/y\"}]\nperformance_insights: {}"))
        .hasMessageContaining("discovery");
  }

  private static OptionalDouble waiting(ParsedExposition scrape, String event) {
    return scrape.value("aws_rds_wait_load_sessions", "wait_event", event);
  }

  private static OptionalDouble running(ParsedExposition scrape, String queryId) {
    return scrape.value("aws_rds_sql_load_sessions", "db_instance", "shop-1", "queryid", queryId);
  }
}
