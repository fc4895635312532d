package dev.yagura.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.StatusCode;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong at AWS: what is known stays until it is too old, and it is said. */
class TroubleIT {
  private static final Map<String, String> INSTANCE = Map.of("DBInstanceIdentifier", "shop-1");
  private static final Map<String, String> QUEUE = Map.of("QueueName", "orders");

  private static void publish(World world) {
    world.cloudWatch().publish("AWS/RDS", "CPUUtilization", INSTANCE, world.clock.instant(), 10);
    world.cloudWatch().publish("AWS/RDS", "DBLoad", INSTANCE, world.clock.instant(), 1);
    world
        .cloudWatch()
        .publish("AWS/SQS", "ApproximateAgeOfOldestMessage", QUEUE, world.clock.instant(), 1);
    world.cloudWatch().publish("AWS/SQS", "NumberOfMessagesSent", QUEUE, world.clock.instant(), 4);
  }

  private static World running() throws Exception {
    World world = World.of("sets: [rds, sqs]");
    publish(world);
    world.start();
    world.pass(Duration.ofMinutes(20), minute -> publish(world));
    assertThat(cpu(world)).isPresent();
    return world;
  }

  private static OptionalDouble cpu(World world) {
    return world
        .scrape()
        .value(
            "aws_rds_cpu_ratio",
            "account",
            "prod",
            "db_instance",
            "shop-1",
            "region",
            World.REGION);
  }

  private static OptionalDouble self(World world, String family, String scraper) {
    return world
        .scrape()
        .value(family, "exporter", "cloudwatch", "scraper", scraper, "target", World.PLACE);
  }

  private static OptionalDouble failures(World world, String reason) {
    return world
        .scrape()
        .value(
            "yagura_scrape_failures_total",
            "exporter",
            "cloudwatch",
            "reason",
            reason,
            "scraper",
            "rds",
            "target",
            World.PLACE);
  }

  private static String message(World world, String scraper) {
    ParsedExposition unused = world.scrape();
    assertThat(unused.samples()).isNotEmpty();
    List<TargetStatus> status = world.exporter().status();
    return status.stream()
        .map(TargetStatus::report)
        .filter(Objects::nonNull)
        .flatMap(report -> report.scrapers().stream())
        .filter(report -> report.scraper().equals(scraper))
        .map(ScraperReport::message)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  @Test
  void aDeniedOperationIsNamedWithThePermissionThatItNeeds() throws Exception {
    try (World world = running()) {
      world.aws.fail(Fault.denied(), call -> call.operation().equals("GetMetricData"));
      world.pass(Duration.ofMinutes(6), minute -> publish(world));

      assertThat(message(world, "rds"))
          .isEqualTo(
              "cannot GetMetricData: denied, its policy must allow cloudwatch:GetMetricData"
                  + " (AccessDenied, 403)");
      assertThat(self(world, "yagura_scrape_success", "rds")).hasValue(0);
      assertThat(failures(world, "denied").orElse(0)).isPositive();
    }
  }

  @Test
  void anHourOfThrottlingLeavesNothingWrongAndNothingMissing() throws Exception {
    try (World world = running()) {
      world.aws.fail(Fault.throttled());
      world.pass(Duration.ofMinutes(8), minute -> publish(world));
      assertThat(cpu(world)).as("it is old, but not too old").isPresent();
      assertThat(self(world, "yagura_snapshot_age_seconds", "rds").orElseThrow())
          .isGreaterThan(300);
      world.pass(Duration.ofMinutes(50), minute -> publish(world));
      assertThat(cpu(world)).as("too old").isEmpty();
      assertThat(failures(world, "throttled").orElse(0)).isPositive();
      world.aws.heal();
      world.pass(Duration.ofMinutes(10), minute -> publish(world));

      assertThat(cpu(world)).isPresent();
      assertThat(self(world, "yagura_scrape_success", "rds")).hasValue(1);
      OptionalDouble sent =
          world
              .scrape()
              .value(
                  "aws_sqs_messages_sent_total",
                  "account",
                  "prod",
                  "queue",
                  "orders",
                  "region",
                  World.REGION);
      // From 00:00, where the first period began that was complete later, to 01:25, four a minute.
      double truth =
          world
              .cloudWatch()
              .trueSum(
                  "AWS/SQS",
                  "NumberOfMessagesSent",
                  QUEUE,
                  Instant.parse("2026-11-25T00:00:00Z"),
                  Instant.parse("2026-11-25T01:25:00Z"));
      assertThat(sent).hasValue(truth);
    }
  }

  @Test
  void whileItIsThrottledFewCallsAreMade() throws Exception {
    try (World world = running()) {
      world.aws.fail(Fault.throttled());
      world.aws.clearCalls();
      world.pass(Duration.ofHours(1), minute -> publish(world));

      // Two sets, at once and ever more rarely until the next period; looked at once a minute here.
      assertThat(world.aws.calls().size()).isBetween(12 * 2, 12 * 2 * 5);
    }
  }

  @Test
  void halfAnAnswerIsNoAnswer() throws Exception {
    try (World world = running()) {
      world.cloudWatch().pageSize(1);
      world.aws.fail(
          Fault.onPage(2, Fault.internalError()), call -> call.operation().equals("GetMetricData"));
      OptionalDouble before = cpu(world);
      for (int i = 0; i < 7; i++) {
        world
            .cloudWatch()
            .publish("AWS/RDS", "CPUUtilization", INSTANCE, world.clock.instant(), 90);
        world.clock.advance(Duration.ofMinutes(1));
      }
      world.poll();
      assertThat(cpu(world)).isEqualTo(before);
      assertThat(self(world, "yagura_scrape_success", "rds")).hasValue(0);

      world.aws.heal();
      world.pass(Duration.ofMinutes(1));
      assertThat(cpu(world)).isPresent().isNotEqualTo(before);
      assertThat(self(world, "yagura_scrape_success", "rds")).hasValue(1);
    }
  }

  @Test
  void aMetricThatCloudWatchCannotReadDoesNotTakeTheRestDown() throws Exception {
    try (World world = running()) {
      world.cloudWatch().statusCode("AWS/RDS", "DBLoad", StatusCode.INTERNAL_ERROR);
      world.pass(Duration.ofMinutes(20), minute -> publish(world));

      assertThat(cpu(world)).isPresent();
      assertThat(world.scrape().samples("aws_rds_db_load")).isEmpty();
      assertThat(self(world, "yagura_scrape_success", "rds")).hasValue(0);
      assertThat(message(world, "rds")).contains("InternalError=1");
    }
  }

  @Test
  void aMetricThatCloudWatchForbidsSaysDenied() throws Exception {
    try (World world = running()) {
      world.cloudWatch().statusCode("AWS/RDS", "DBLoad", StatusCode.FORBIDDEN);
      world.pass(Duration.ofMinutes(20), minute -> publish(world));

      assertThat(cpu(world)).isPresent();
      assertThat(failures(world, "denied").orElse(0)).isPositive();
    }
  }

  @Test
  void aRegionThatDoesNotAnswerHoldsUpNeitherTheScrapeNorTheOthers() throws Exception {
    try (World world =
        new World(
            """
            accounts: [{name: prod, regions: [ap-northeast-1, eu-west-1]}]
            cloudwatch: {sets: [rds]}
            """)) {
      publish(world);
      world
          .cloudWatch("eu-west-1")
          .publish("AWS/RDS", "CPUUtilization", INSTANCE, world.clock.instant(), 10);
      world.start();
      world.aws.fail(Fault.frozen(), call -> call.region().equals("eu-west-1"));
      world.pass(Duration.ofMinutes(6), minute -> publish(world));

      assertThat(cpu(world)).isPresent();
      assertThat(
              world
                  .scrape()
                  .value(
                      "yagura_scrape_success",
                      "exporter",
                      "cloudwatch",
                      "scraper",
                      "rds",
                      "target",
                      "prod/eu-west-1"))
          .hasValue(0);
    }
  }

  @Test
  void anExpiredTokenIsSaidAndNothingElseIs() throws Exception {
    try (World world = running()) {
      world.aws.fail(Fault.error(403, "ExpiredToken", "The security token is expired"));
      world.pass(Duration.ofMinutes(6), minute -> publish(world));

      assertThat(message(world, "rds"))
          .isEqualTo("cannot GetMetricData: the credentials have expired (ExpiredToken, 403)");
    }
  }

  @Test
  void aResourceThatCannotBeListedAnyMoreIsStillAsked() throws Exception {
    try (World world = running()) {
      world.aws.fail(Fault.denied(), call -> call.operation().equals("ListMetrics"));
      world.pass(Duration.ofMinutes(40), minute -> publish(world));

      assertThat(cpu(world)).isPresent();
      assertThat(self(world, "yagura_scrape_success", "rds")).hasValue(0);
      assertThat(message(world, "rds")).contains("cloudwatch:ListMetrics");
    }
  }

  @Test
  void aClockThatIsAnHourOffIsMadeUpAndSaid() throws Exception {
    for (Duration off : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      try (World world = World.of("sets: [rds, sqs]").behind(off)) {
        world.aws.sendDates();
        publish(world);
        world.start();
        world.pass(Duration.ofMinutes(20), minute -> publish(world));

        assertThat(cpu(world)).isPresent();
        assertThat(world.plane().use().serverTime().ahead()).isEqualTo(off);
        assertThat(world.scrape().samples("yagura_cloudwatch_value_age_seconds").get(0).value())
            .isBetween(120.0, 480.0);
      }
    }
  }

  @Test
  void nothingIsSaidBeforeTheFirstAnswer() throws Exception {
    try (World world = World.of("sets: [rds]")) {
      world.start();

      assertThat(world.scrape().samples("yagura_scrape_success")).isEmpty();
      assertThat(world.scrape().samples("yagura_snapshot_age_seconds")).isEmpty();
    }
  }

  @Test
  void aMetricThatCannotBeReadLeavesTheOtherCallsOfItsSetAlone() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      world
          .cloudWatch()
          .statusCode("AWS/SQS", "ApproximateAgeOfOldestMessage", StatusCode.INTERNAL_ERROR);
      queues(world, 400);
      world.start();
      world.pass(Duration.ofMinutes(20), minute -> queues(world, 400));

      assertThat(world.scrape().samples("aws_sqs_messages_visible")).hasSize(400);
      assertThat(world.scrape().samples("aws_sqs_messages_sent_total"))
          .hasSize(400)
          .allMatch(sample -> sample.value() > 0);
    }
  }

  private static void queues(World world, int count) {
    for (int i = 0; i < count; i++) {
      for (String metric :
          List.of(
              "ApproximateAgeOfOldestMessage",
              "ApproximateNumberOfMessagesVisible",
              "NumberOfMessagesSent")) {
        world
            .cloudWatch()
            .publish("AWS/SQS", metric, Map.of("QueueName", "q" + i), world.clock.instant(), 1);
      }
    }
  }

  @Test
  void aClockThatIsSetWhileItRunsChangesNothing() throws Exception {
    for (Duration set : List.of(Duration.ofHours(-1), Duration.ofMinutes(20), Duration.ofDays(9))) {
      try (World world = World.of("sets: [rds, sqs]")) {
        world.aws.sendDates();
        publish(world);
        world.start();
        world.pass(Duration.ofMinutes(20), minute -> publish(world));
        world.set(set);
        for (int i = 0; i < 40; i++) {
          world.pass(Duration.ofMinutes(1), minute -> publish(world));
          assertThat(cpu(world)).isPresent();
        }
        world.set(Duration.ZERO);
        world.pass(Duration.ofMinutes(10), minute -> publish(world));

        assertThat(cpu(world)).isPresent();
        assertThat(world.scrape().samples("yagura_cloudwatch_value_age_seconds"))
            .allMatch(sample -> sample.value() >= 0);
        assertThat(self(world, "yagura_snapshot_age_seconds", "rds").orElseThrow()).isLessThan(300);
      }
    }
  }

  @Test
  void aQueueThatIsIdleForDaysGoesOnCountingWhereItWas() throws Exception {
    try (World world = World.of("sets: [sqs]", "interval: 1h")) {
      publish(world);
      world.start();
      world.pass(Duration.ofHours(5), minute -> publish(world));
      double before = sent(world);
      world.pass(Duration.ofDays(5));
      assertThat(world.scrape().samples("aws_sqs_messages_sent_total")).isEmpty();
      world.pass(Duration.ofHours(5), minute -> publish(world));

      assertThat(before).isPositive();
      assertThat(sent(world)).isBetween(before + 4 * 60 * 3, 4.0 * 60 * 10 + 4);
    }
  }

  private static double sent(World world) {
    return world.scrape().samples("aws_sqs_messages_sent_total").get(0).value();
  }

  @Test
  void aStateFolderThatBreaksLeavesTheGaugesAloneAndItsCountersGoOnLater(@TempDir Path parent)
      throws Exception {
    Path state = parent.resolve("state");
    try (World world = World.of("sets: [rds, sqs]", "state_dir: \"" + state + "\"")) {
      publish(world);
      world.start();
      world.pass(Duration.ofMinutes(20), minute -> publish(world));
      execute(state, "DROP TABLE counter");
      world.pass(Duration.ofMinutes(20), minute -> publish(world));
      assertThat(cpu(world)).isPresent();
      assertThat(self(world, "yagura_scrape_success", "sqs")).isPresent();

      world.pass(Duration.ofMinutes(20), minute -> publish(world));
      assertThat(self(world, "yagura_scrape_success", "sqs")).hasValue(1);
      assertThat(world.scrape().samples("aws_sqs_messages_sent_total")).hasSize(1);
    }
  }

  /** As somebody else would, with the database open. */
  private static void execute(Path state, String sql) throws Exception {
    try (var database =
            DriverManager.getConnection("jdbc:sqlite:" + state.resolve("cloudwatch.db"));
        var statement = database.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
