package dev.yagura.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.testing.aws.AwsCall;
import dev.yagura.testing.aws.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked, when, together with what; and how it is shown. */
class PlannerIT {
  @TempDir Path folder;

  private static final Duration HOUR = Duration.ofHours(1);

  private static void publish(
      World world, String namespace, String metric, Map<String, String> of, double value) {
    world.cloudWatch().publish(namespace, metric, of, world.clock.instant(), value);
  }

  private static void queues(World world, int count) {
    for (int i = 0; i < count; i++) {
      Map<String, String> queue = Map.of("QueueName", "q" + i);
      publish(world, "AWS/SQS", "ApproximateAgeOfOldestMessage", queue, 1);
      publish(world, "AWS/SQS", "ApproximateNumberOfMessagesVisible", queue, 2);
      publish(world, "AWS/SQS", "ApproximateNumberOfMessagesNotVisible", queue, 3);
      publish(world, "AWS/SQS", "NumberOfMessagesSent", queue, 4);
      publish(world, "AWS/SQS", "NumberOfMessagesDeleted", queue, 5);
    }
  }

  private static OptionalDouble value(World world, String family, String label, String of) {
    return world.scrape().value(family, "account", "prod", label, of, "region", World.REGION);
  }

  @Test
  void aPeriodIsAskedForOnceItIsDueAndNotBefore() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, 1);
      world.start().poll();
      world.aws.clearCalls();
      world.pass(HOUR, minute -> queues(world, 1));

      assertThat(world.aws.count("GetMetricData")).isEqualTo(12);
      assertThat(world.aws.billedMetrics()).isEqualTo(12 * 5);
      assertThat(world.aws.calls())
          .filteredOn(call -> call.operation().equals("GetMetricData"))
          .allSatisfy(
              call ->
                  assertThat(Math.floorMod(call.at().getEpochSecond() - 120, 300)).isLessThan(60));
    }
  }

  @Test
  void resourcesAreListedEveryHalfHour() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, 1);
      world.start().poll();
      world.aws.clearCalls();
      world.pass(HOUR.multipliedBy(2), minute -> queues(world, 1));

      assertThat(world.aws.count("ListMetrics")).isEqualTo(3 * 5);
    }
  }

  @Test
  void whereThereIsNothingOneListingTells() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      world.start().poll();

      assertThat(world.aws.count("ListMetrics")).isEqualTo(1);
      assertThat(world.aws.count("GetMetricData")).isZero();
      assertThat(world.scrape().value("yagura_scrape_success", run("sqs"))).hasValue(1);
    }
  }

  private static String[] run(String scraper) {
    return new String[] {"exporter", "cloudwatch", "scraper", scraper, "target", World.PLACE};
  }

  private static int callsAtATime(int queues) throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, queues);
      world.start().poll();
      world.aws.clearCalls();
      world.pass(Duration.ofMinutes(5), minute -> queues(world, queues));
      assertThat(world.aws.queries()).isEqualTo(5 * queues);
      return world.aws.count("GetMetricData");
    }
  }

  @Test
  void fiveHundredQueriesAreOneCallWhateverTheyAreAbout() throws Exception {
    assertThat(callsAtATime(100)).isEqualTo(1);
    assertThat(callsAtATime(101)).isEqualTo(2);
  }

  @Test
  void theStatisticsOfAMetricAreNeverPartedSoThatTheyAreBilledOnce() throws Exception {
    try (World world =
        World.of(
            "sets: []",
            "metrics: [{namespace: Shop, metric: Basket, dimensions: [Store],"
                + " statistics: [Average, Minimum, Maximum]}]")) {
      for (int i = 0; i < 500; i++) {
        publish(world, "Shop", "Basket", Map.of("Store", "s" + i), i);
      }
      world.start().poll();

      assertThat(world.aws.queries()).isEqualTo(1500);
      assertThat(world.aws.billedMetrics()).isEqualTo(500);
      // 166 baskets with three statistics fit into 500 queries.
      assertThat(world.aws.count("GetMetricData")).isEqualTo(4);
    }
  }

  @Test
  void anOwnMetricIsNamedAndScaledAsConfigured() throws Exception {
    try (World world =
        World.of(
            "sets: []",
            "metrics: [{namespace: Shop, metric: BasketMillis, name: shop_basket_seconds,"
                + " dimensions: [StoreName], statistics: [p90], scale: 0.001,"
                + " help: Time in the shop, interval: 60s}]")) {
      publish(world, "Shop", "BasketMillis", Map.of("StoreName", "ginza"), 1500);
      world.start();
      world.pass(Duration.ofMinutes(5));

      assertThat(value(world, "shop_basket_seconds", "store_name", "ginza")).hasValue(1.5);
      assertThat(world.scrape().help().get("shop_basket_seconds"))
          .isEqualTo(
              "Time in the shop: the p90 of BasketMillis in Shop over 60 s, of the newest such"
                  + " period.");
    }
  }

  @Test
  void aGaugeIsOfTheNewestCompletePeriod() throws Exception {
    try (World world = World.of("sets: [rds]")) {
      Map<String, String> instance = Map.of("DBInstanceIdentifier", "shop-1");
      for (int minute = 0; minute < 5; minute++) { // 00:00 to 00:04: 10, 20, 30, 40, 50 percent.
        world
            .cloudWatch()
            .publish(
                "AWS/RDS",
                "CPUUtilization",
                instance,
                Instant.parse("2026-11-25T00:00:00Z").plus(Duration.ofMinutes(minute)),
                10 * (minute + 1));
      }
      world.start();
      world.pass(
          Duration.ofMinutes(6),
          minute -> {
            if (minute.isAfter(Instant.parse("2026-11-25T00:05:00Z"))) {
              publish(world, "AWS/RDS", "CPUUtilization", instance, 90);
            }
          });

      assertThat(value(world, "aws_rds_cpu_ratio", "db_instance", "shop-1").orElseThrow())
          .isCloseTo(0.3, within(1e-9));
      assertThat(value(world, "aws_rds_cpu_max_ratio", "db_instance", "shop-1").orElseThrow())
          .isCloseTo(0.5, within(1e-9));
    }
  }

  @Test
  void aMetricThatStopsIsAbsentOnceItIsTooOldWhileTheRestGoesOn() throws Exception {
    try (World world = World.of("sets: [rds]")) {
      Map<String, String> gone = Map.of("DBInstanceIdentifier", "gone");
      Map<String, String> here = Map.of("DBInstanceIdentifier", "here");
      world.start();
      world.pass(
          Duration.ofMinutes(40),
          minute -> {
            publish(world, "AWS/RDS", "CPUUtilization", here, 10);
            publish(world, "AWS/RDS", "CPUUtilization", gone, 10);
          });
      assertThat(value(world, "aws_rds_cpu_ratio", "db_instance", "gone")).isPresent();
      world.pass(
          Duration.ofMinutes(25), minute -> publish(world, "AWS/RDS", "CPUUtilization", here, 10));

      assertThat(value(world, "aws_rds_cpu_ratio", "db_instance", "gone")).isEmpty();
      assertThat(value(world, "aws_rds_cpu_ratio", "db_instance", "here")).isPresent();
      assertThat(
              world
                  .scrape()
                  .value(
                      "yagura_cloudwatch_value_age_seconds",
                      "account",
                      "prod",
                      "metric",
                      "aws_rds_cpu_ratio",
                      "region",
                      World.REGION,
                      "scraper",
                      "rds")
                  .orElseThrow())
          .isLessThan(480);
    }
  }

  @Test
  void whatAResourceDoesNotHaveIsNotAskedAndNotPaidFor() throws Exception {
    try (World world = World.of("sets: [rds]")) {
      Map<String, String> writer = Map.of("DBInstanceIdentifier", "writer");
      Map<String, String> reader = Map.of("DBInstanceIdentifier", "reader");
      publish(world, "AWS/RDS", "CPUUtilization", writer, 10);
      publish(world, "AWS/RDS", "CPUUtilization", reader, 10);
      publish(world, "AWS/RDS", "AuroraReplicaLag", reader, 20);
      world.start().poll();

      assertThat(world.aws.billedMetrics()).isEqualTo(3);
    }
  }

  @Test
  void aNewResourceIsCountedFromTheBeginningOfTheExporter() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, 1);
      world.start();
      world.pass(Duration.ofMinutes(3), minute -> queues(world, 1));
      world.pass(Duration.ofMinutes(60), minute -> queues(world, 2));

      // From 00:06 on, four a minute; until 00:60, as 01:05 is not complete.
      assertThat(value(world, "aws_sqs_messages_sent_total", "queue", "q1")).hasValue(4 * 54);
    }
  }

  @Test
  void cloudFrontIsAskedInItsOwnRegionOnceAnAccount() throws Exception {
    try (World world =
        new World(
            """
            accounts: [{name: prod, regions: [ap-northeast-1, eu-west-1]}]
            cloudwatch: {sets: [cloudfront]}
            """)) {
      Map<String, String> distribution = Map.of("DistributionId", "E1", "Region", "Global");
      world
          .cloudWatch("us-east-1")
          .publish("AWS/CloudFront", "Requests", distribution, World.START, 7);
      world
          .cloudWatch("us-east-1")
          .publish("AWS/CloudFront", "4xxErrorRate", distribution, World.START, 7);
      world.start();
      world.pass(Duration.ofMinutes(10));

      assertThat(world.aws.calls()).extracting(AwsCall::region).containsOnly("us-east-1");
      assertThat(
              world
                  .scrape()
                  .value(
                      "aws_cloudfront_requests_total",
                      "account",
                      "prod",
                      "distribution",
                      "E1",
                      "region",
                      "us-east-1"))
          .hasValue(7);
    }
  }

  @Test
  void whatTheBudgetDoesNotAllowIsShedFromTheLeastImportantOn() throws Exception {
    try (World world =
        new World(
            """
            budget_dollars_per_month: 1.5
            accounts: [{name: prod, regions: [ap-northeast-1]}]
            cloudwatch: {sets: [rds]}
            """)) {
      for (int i = 0; i < 10; i++) { // Each metric of ten costs 88 cents a month.
        Map<String, String> instance = Map.of("DBInstanceIdentifier", "db-" + i);
        publish(world, "AWS/RDS", "CPUUtilization", instance, 10);
        publish(world, "AWS/RDS", "DatabaseConnections", instance, 10);
        publish(world, "AWS/RDS", "DBLoad", instance, 1);
      }
      world.start().poll();

      assertThat(world.aws.billedMetrics()).isEqualTo(10);
      assertThat(value(world, "aws_rds_db_load", "db_instance", "db-1")).isEmpty();
      assertThat(world.plane().budget().shed())
          .extracting("query")
          .containsExactly("AWS/RDS DatabaseConnections", "AWS/RDS DBLoad");
    }
  }

  @Test
  void countersGoOnWhereTheyWereAfterARestart(@TempDir Path dir) throws Exception {
    try (World world = World.of("sets: [sqs]", "state_dir: \"" + dir + "\"")) {
      queues(world, 1);
      world.start();
      world.pass(HOUR, minute -> queues(world, 1));
      OptionalDouble before = value(world, "aws_sqs_messages_sent_total", "queue", "q0");
      world.stop();
      for (int minute = 0; minute < 60; minute++) { // Nobody watches, but messages are sent.
        queues(world, 1);
        world.clock.advance(Duration.ofMinutes(1));
      }
      world.start().poll();

      assertThat(before.orElseThrow()).isPositive();
      assertThat(value(world, "aws_sqs_messages_sent_total", "queue", "q0"))
          .hasValue(before.orElseThrow() + 4 * 60);
    }
  }

  @Test
  void aMetricOfOnceADayIsFoundAndShown() throws Exception {
    try (World world =
        World.of(
            "sets: []",
            "metrics: [{namespace: AWS/S3, metric: BucketSizeBytes, dimensions: [BucketName],"
                + " interval: 1d, name: s3_bucket_bytes}]")) {
      world
          .cloudWatch()
          .publish(
              "AWS/S3",
              "BucketSizeBytes",
              Map.of("BucketName", "logs"),
              Instant.parse("2026-11-24T00:00:00Z"),
              42);
      world.start().poll();

      assertThat(value(world, "s3_bucket_bytes", "bucket_name", "logs")).hasValue(42);
    }
  }

  @Test
  void anOwnMetricThatACuratedSetHasTooIsCountedByItself() throws Exception {
    Path dir = Files.createTempDirectory(folder, "state");
    try (World world =
        World.of(
            "sets: [sqs]",
            "state_dir: \"" + dir + "\"",
            "metrics: [{namespace: AWS/SQS, metric: NumberOfMessagesSent, dimensions: [QueueName],"
                + " statistics: [Sum], scale: 10, name: ten_times}]")) {
      queues(world, 1);
      world.start();
      world.pass(HOUR, minute -> queues(world, 1));
      world.start().poll();

      assertThat(value(world, "aws_sqs_messages_sent_total", "queue", "q0").orElseThrow() * 10)
          .isEqualTo(value(world, "ten_times_total", "queue_name", "q0").orElseThrow());
    }
  }

  @Test
  void whatIsPublishedOnlyWhenItHappensIsZeroUntilItDoesSoThatARateSeesIt() throws Exception {
    try (World world = World.of("sets: [alb]")) {
      Map<String, String> balancer = Map.of("LoadBalancer", "app/web/50dc");
      World.EachMinute requests =
          minute -> publish(world, "AWS/ApplicationELB", "RequestCount", balancer, 100);
      requests.happens(world.clock.instant());
      world.start();
      world.pass(HOUR, requests);
      assertThat(value(world, "aws_alb_own_5xx_responses_total", "load_balancer", "app/web/50dc"))
          .hasValue(0);
      world.pass(
          Duration.ofMinutes(20),
          minute -> {
            requests.happens(minute);
            publish(world, "AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", balancer, 7);
          });

      assertThat(
              value(world, "aws_alb_own_5xx_responses_total", "load_balancer", "app/web/50dc")
                  .orElseThrow())
          .isGreaterThan(50);
    }
  }

  @Test
  void aCounterThatIsFoundLaterBeginsAtZeroSoThatARateSeesWhatItHasCounted() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, 1);
      world.start();
      world.pass(Duration.ofMinutes(3), minute -> queues(world, 1));
      double[] first = {-1};
      world.pass(
          Duration.ofMinutes(60),
          minute -> {
            queues(world, 2);
            if (first[0] < 0) {
              first[0] = value(world, "aws_sqs_messages_sent_total", "queue", "q1").orElse(-1);
            }
          });

      assertThat(first[0]).isZero();
    }
  }

  @Test
  void ownMetricsOfOneNamespaceAreAskedInOneCall() throws Exception {
    try (World world =
        World.of(
            "sets: []",
            "metrics: [{namespace: Shop, metric: A, dimensions: [Store]},"
                + " {namespace: Shop, metric: B, dimensions: [Store], statistics: [Sum]},"
                + " {namespace: Shop, metric: B, dimensions: [Store], statistics: [Maximum],"
                + " name: shop_b_max},"
                + " {namespace: Shop, metric: C, dimensions: [Store, Floor]}]")) {
      World.EachMinute all =
          minute -> {
            publish(world, "Shop", "A", Map.of("Store", "s"), 1);
            publish(world, "Shop", "B", Map.of("Store", "s"), 2);
            publish(world, "Shop", "C", Map.of("Store", "s", "Floor", "1"), 3);
          };
      all.happens(world.clock.instant());
      world.start().poll();
      world.aws.clearCalls();
      world.pass(Duration.ofMinutes(5), all);

      assertThat(world.aws.count("GetMetricData")).isEqualTo(1);
      assertThat(value(world, "shop_a", "store", "s")).hasValue(1);
      assertThat(value(world, "shop_b_max", "store", "s")).hasValue(2);
      assertThat(value(world, "shop_b_total", "store", "s")).isPresent();
      assertThat(world.scrape().samples("shop_c")).hasSize(1);
    }
  }

  @Test
  void noMoreResourcesAreAskedThanAreAllowedAndThatIsSaid() throws Exception {
    try (World world = World.of("sets: [sqs]", "max_resources: 3")) {
      queues(world, 10);
      world.start();
      world.pass(Duration.ofMinutes(10), minute -> queues(world, 10));

      assertThat(world.scrape().samples("aws_sqs_messages_visible")).hasSize(3);
      assertThat(world.scrape().samples("yagura_cloudwatch_omitted_resources"))
          .singleElement()
          .matches(sample -> sample.value() == 7);
    }
  }

  @Test
  void aListingThatFailsGoesOnWhereItWasAndEverMoreRarely() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, 1);
      int[] listings = {0};
      world.start();
      world.aws.fail(
          Fault.throttled(), call -> call.operation().equals("ListMetrics") && ++listings[0] > 2);
      world.pass(Duration.ofMinutes(30), minute -> queues(world, 1));
      assertThat(listings[0]).isLessThan(2 + 12);
      world.aws.heal();
      world.aws.clearCalls();
      world.pass(Duration.ofMinutes(31), minute -> queues(world, 1));

      assertThat(world.aws.count("ListMetrics")).isEqualTo(3);
      assertThat(world.scrape().samples("aws_sqs_messages_visible")).hasSize(1);
    }
  }

  @Test
  void whatIsPublishedEveryFiveMinutesDoesNotFlickerWhenItIsAskedEachMinute() throws Exception {
    try (World world = World.of("sets: [rds]", "interval: 60s")) {
      Map<String, String> cluster = Map.of("DBClusterIdentifier", "shop");
      int[] shown = {0};
      publish(world, "AWS/RDS", "VolumeBytesUsed", cluster, 42);
      world.start();
      world.pass(
          Duration.ofHours(2),
          minute -> {
            if (minute.getEpochSecond() / 60 % 5 == 0) {
              publish(world, "AWS/RDS", "VolumeBytesUsed", cluster, 42);
            }
            shown[0] += world.scrape().samples("aws_rds_volume_used_bytes").size();
          });

      assertThat(shown[0]).isGreaterThan(110);
    }
  }

  @Test
  void tenMillisecondsOfSamplesAreAsManySamplesAsThereAre() throws Exception {
    try (World world =
        World.of(
            "sets: []",
            "metrics: [{namespace: Shop, metric: Millis, statistics: [p99, SampleCount],"
                + " scale: 0.001, name: shop_seconds}]")) {
      World.EachMinute one = minute -> publish(world, "Shop", "Millis", Map.of(), 10);
      one.happens(world.clock.instant());
      world.start();
      world.pass(Duration.ofMinutes(20), one);

      assertThat(world.scrape().samples("shop_seconds_p99").get(0).value()).isEqualTo(0.01);
      assertThat(world.scrape().samples("shop_seconds_samples_total").get(0).value())
          .isGreaterThan(10);
    }
  }

  @Test
  void afterARefreshThatFailedHalfwayOnlyWhatIsMissingIsAskedAndPaidAgain() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, 101);
      world.start();
      world.pass(Duration.ofMinutes(9), minute -> queues(world, 101));
      world.aws.clearCalls();
      int[] calls = {0};
      world.aws.fail(
          Fault.internalError(),
          call -> call.operation().equals("GetMetricData") && ++calls[0] == 2);
      double before = world.plane().use().meter().dollars();
      world.pass(Duration.ofMinutes(7), minute -> queues(world, 101));

      assertThat(world.aws.count("GetMetricData")).isEqualTo(3);
      assertThat(world.plane().use().meter().dollars() - before).isCloseTo(505e-5, within(1e-9));
    }
  }

  @Test
  void aCounterThatIsFoundWhileAwsCannotAnswerBeginsAtZeroAsWell() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      queues(world, 1);
      world.start();
      world.pass(Duration.ofMinutes(15), minute -> queues(world, 1));
      world.aws.fail(Fault.internalError(), call -> call.operation().equals("GetMetricData"));
      world.pass(Duration.ofMinutes(40), minute -> queues(world, 2));
      world.aws.heal();
      double[] first = {-1};
      world.pass(
          Duration.ofMinutes(10),
          minute -> {
            queues(world, 2);
            if (first[0] < 0) {
              first[0] = value(world, "aws_sqs_messages_sent_total", "queue", "q1").orElse(-1);
            }
          });

      assertThat(first[0]).isZero();
    }
  }
}
