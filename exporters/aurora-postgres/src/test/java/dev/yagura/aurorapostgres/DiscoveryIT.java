package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.LeakCheck;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import dev.yagura.testing.aws.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is discovered is a real server: it is reached, left and logged in to. */
@Timeout(180)
class DiscoveryIT {
  private static final String SECRET = "shop/yagura";

  private static PostgresServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = PasswordServer.start(Map.of());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static void password(String password) throws SQLException {
    server.execute("postgres", "ALTER ROLE reader PASSWORD '" + password + "'");
  }

  private static String section(String login) {
    return "discovery: [{user: reader, sslmode: disable, " + login + "}]";
  }

  @Test
  void anInstanceIsReadAndItsConnectionIsClosedWhenItIsGone() throws Exception {
    password("right");
    try (Cloud cloud = Cloud.of(section("auth: password, password: \"${env:PG_PASSWORD}\""))) {
      cloud.instance("shop", "shop-1", server.port());
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("pg_up", "target", "shop-1", "cluster", "shop")).hasValue(1);
      assertThat(server.sessions("yagura")).isEqualTo(1);
      cloud.lookLater();
      assertThat(server.sessions("yagura")).isEqualTo(1);
      cloud.rds().removeInstance("shop-1");
      cloud.lookLater();
      LeakCheck.assertNoSessions(server, "yagura");
    }
  }

  @Test
  void anInstanceThatMayPauseIsLeftAloneBetweenScrapes() throws Exception {
    password("right");
    String login = "auth: password, password: \"${env:PG_PASSWORD}\", pause_safe: true";
    try (Cloud cloud = Cloud.of(section(login))) {
      cloud.rds().addCluster("shop").serverless(0, 8, 300);
      cloud.instance("shop", "shop-1", server.port()).instanceClass("db.serverless");
      cloud.look();
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(1);
      LeakCheck.assertNoSessions(server, "yagura");
    }
  }

  @Test
  void aSecretIsReadOnceAndAgainWhenItWasRotated() throws Exception {
    password("first");
    try (Cloud cloud =
        withSecret("{\"username\":\"reader\",\"password\":\"first\",\"port\":5432}")) {
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(1);
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(1);
      assertThat(cloud.aws.count("GetSecretValue")).isEqualTo(1);

      password("second");
      cloud
          .aws
          .account()
          .secretsManager(Cloud.REGION)
          .put(SECRET, "{\"username\":\"reader\",\"password\":\"second\"}");
      cloud.clock.advance(Duration.ofMinutes(31));
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(1);
      assertThat(cloud.aws.count("GetSecretValue")).isEqualTo(2);
    }
  }

  @Test
  void aSecretThatStaysWrongIsReadOnceAMinuteAndItsPasswordTriedOnceAScrape() throws Exception {
    password("right");
    try (Cloud cloud = withSecret("{\"username\":\"reader\",\"password\":\"wrong\"}")) {
      long before = refusals();
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(0);
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(0);
      assertThat(cloud.aws.count("GetSecretValue")).isEqualTo(1);
      assertThat(refusals() - before).isEqualTo(2);
      cloud.clock.advance(Duration.ofSeconds(61));
      cloud.scrape();
      assertThat(cloud.aws.count("GetSecretValue")).isEqualTo(2);
      cloud.scrape();
      assertThat(cloud.aws.count("GetSecretValue")).isEqualTo(2);
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
                      "denied"))
          .hasValue(5);
    }
  }

  private static long refusals() {
    return server.log().lines().filter(line -> line.contains("authentication failed")).count();
  }

  @Test
  void twoInstancesShareWhatWasReadOfTheirSecret() throws Exception {
    password("right");
    try (Cloud cloud = withSecret("{\"username\":\"reader\",\"password\":\"right\"}")) {
      cloud.instance("shop", "shop-2", server.port());
      cloud.lookLater();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("pg_up", "target", "shop-1")).hasValue(1);
      assertThat(scrape.value("pg_up", "target", "shop-2")).hasValue(1);
      assertThat(cloud.aws.count("GetSecretValue")).isEqualTo(1);
    }
  }

  @Test
  void aSecretThatMustNotBeReadIsNamedWithThePermission() throws Exception {
    try (Cloud cloud = withSecret("{}")) {
      cloud.aws.fail(Fault.denied(), call -> call.operation().equals("GetSecretValue"));
      assertThat(cloud.scrape().value("pg_up", "target", "shop-1")).hasValue(0);
      assertThat(cloud.message("shop-1", "database"))
          .contains("its policy must allow secretsmanager:GetSecretValue");
    }
  }

  @Test
  void theMastersSecretIsThatOfTheCluster() throws Exception {
    password("managed");
    try (Cloud cloud = Cloud.of("discovery: [{auth: secret, secret: managed, sslmode: disable}]")) {
      String arn =
          cloud
              .aws
              .account()
              .secretsManager(Cloud.REGION)
              .put("rds!cluster-1", "{\"username\":\"reader\",\"password\":\"managed\"}");
      cloud.rds().addCluster("shop").masterUserSecret(arn);
      cloud.instance("shop", "shop-1", server.port());
      cloud.instance("other", "other-1", server.port());
      cloud.look();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("pg_up", "target", "shop-1")).hasValue(1);
      assertThat(scrape.value("pg_up", "target", "other-1")).hasValue(0);
      assertThat(cloud.message("other-1", "database")).contains("MasterUserSecret");
    }
  }

  private static Cloud withSecret(String text) {
    String arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/yagura-double";
    Cloud cloud =
        Cloud.of("discovery: [{auth: secret, secret_arn: \"" + arn + "\", sslmode: disable}]");
    assertThat(cloud.aws.account().secretsManager(Cloud.REGION).put(SECRET, text)).isEqualTo(arn);
    cloud.instance("shop", "shop-1", server.port());
    cloud.look();
    return cloud;
  }

  @Test
  void whileAwsDoesNotAnswerEverythingElseGoesOnAtOnce() throws Exception {
    password("right");
    String both =
        """
        discovery: [{user: yagura, interval: 10s}]
        targets:
          - {name: static, url: "postgresql://postgres@127.0.0.1:%d/postgres?sslmode=disable"}
        """
            .formatted(server.port());
    try (Cloud cloud = Cloud.of(both)) {
      cloud.instance("shop", "shop-1");
      cloud.aws.fail(Fault.frozen());
      cloud.exporter().polled().forEach(polled -> polled.start());
      Await.until("AWS is asked", () -> !cloud.aws.calls().isEmpty());
      long begin = System.nanoTime();
      ParsedExposition scrape = cloud.scrape();
      assertThat(scrape.value("pg_up", "target", "static")).hasValue(1);
      assertThat(scrape.samples("aws_rds_instance_info")).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(cloud.list().status()).isEqualTo(503);
      cloud.aws.heal();
      Await.until("it is discovered", () -> cloud.exporter().hasTarget("shop-1"));
    }
  }
}
