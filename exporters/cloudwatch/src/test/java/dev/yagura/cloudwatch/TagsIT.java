package dev.yagura.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.yagura.testing.Promtool;
import dev.yagura.testing.Sample;
import dev.yagura.testing.aws.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags of resources, those that are allowed and no other. */
class TagsIT {
  private static final String ACCOUNT = "123456789012";

  private static void tag(World world, String service, String resource, String team) {
    String arn = "arn:aws:%s:%s:%s:%s".formatted(service, World.REGION, ACCOUNT, resource);
    world
        .aws
        .account()
        .tagging(World.REGION)
        .tag(arn, Map.of("Team", team, "secret", "do-not-show"));
  }

  private static World tagged() {
    World world = World.of("sets: [rds, ecs, sqs, alb]", "tags: [Team, cost-center]");
    tag(world, "rds", "db:shop-1", "sre");
    tag(world, "rds", "cluster:shop", "sre");
    tag(world, "sqs", "orders", "shop");
    tag(world, "ecs", "service/main/web", "web");
    tag(world, "ecs", "service/old-form", "web");
    tag(world, "elasticloadbalancing", "loadbalancer/app/web/50dc", "web");
    tag(world, "elasticloadbalancing", "loadbalancer/net/other/50dc", "web");
    tag(world, "elasticloadbalancing", "targetgroup/web/7", "web");
    return world;
  }

  @Test
  void aResourceShowsItsTagsWithTheLabelsOfItsMetrics() throws Exception {
    try (World world = tagged()) {
      world.start().poll();

      assertThat(world.scrape().samples())
          .filteredOn(sample -> sample.name().endsWith("_tags_info"))
          .extracting(Sample::name, sample -> sample.label("tag_team"))
          .containsExactlyInAnyOrder(
              tuple("aws_rds_instance_tags_info", "sre"),
              tuple("aws_rds_cluster_tags_info", "sre"),
              tuple("aws_sqs_queue_tags_info", "shop"),
              tuple("aws_ecs_service_tags_info", "web"),
              tuple("aws_alb_load_balancer_tags_info", "web"),
              tuple("aws_alb_target_group_tags_info", "web"));
      assertThat(world.text()).doesNotContain("do-not-show");
      assertThat(
              world
                  .scrape()
                  .value(
                      "aws_ecs_service_tags_info",
                      "account",
                      "prod",
                      "cluster",
                      "main",
                      "region",
                      World.REGION,
                      "service",
                      "web",
                      "tag_cost_center",
                      "",
                      "tag_team",
                      "web"))
          .hasValue(1);
    }
  }

  @Test
  void promtoolHasNothingToSay() throws Exception {
    Promtool.assumePresent();
    try (World world = tagged()) {
      world.start().poll();

      assertThat(Promtool.complaints(world.text())).isEmpty();
    }
  }

  @Test
  void manyResourcesComeInPages() throws Exception {
    try (World world = World.of("sets: [sqs]", "tags: [Team]")) {
      for (int i = 0; i < 250; i++) {
        tag(world, "sqs", "q" + i, "t");
      }
      world.start().poll();

      assertThat(world.scrape().samples("aws_sqs_queue_tags_info")).hasSize(250);
      assertThat(world.aws.count("GetResources")).isEqualTo(3);
    }
  }

  @Test
  void tagsThatMayNotBeReadTakeNothingElseDown() throws Exception {
    try (World world = tagged()) {
      world.aws.fail(Fault.denied(), call -> call.operation().equals("GetResources"));
      world
          .cloudWatch()
          .publish(
              "AWS/RDS",
              "CPUUtilization",
              Map.of("DBInstanceIdentifier", "shop-1"),
              World.START,
              10);
      world.start().poll();
      world.pass(Duration.ofMinutes(5));

      assertThat(world.scrape().samples("aws_rds_cpu_ratio")).hasSize(1);
      assertThat(
              world
                  .scrape()
                  .value(
                      "yagura_scrape_success",
                      "exporter",
                      "cloudwatch",
                      "scraper",
                      "tags",
                      "target",
                      World.PLACE))
          .hasValue(0);
    }
  }

  @Test
  void withoutKeysNothingIsAsked() throws Exception {
    try (World world = World.of("sets: [sqs]")) {
      world.start().poll();

      assertThat(world.aws.count("GetResources")).isZero();
    }
  }
}
