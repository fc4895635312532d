package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.LoadBalancerWorld;
import dev.yagura.ecs.loadbalancers.LoadBalancersScraper;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.Sample;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.ListenerDouble;
import dev.yagura.testing.aws.RuleDouble;
import dev.yagura.testing.aws.TargetGroupDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Environments from their birth to what is left of them. */
class EnvironmentsIT {
  /** Two refreshes, so that whatever happened before was read. */
  private static final Duration A_WHILE = Duration.ofMinutes(4);

  private static final String ADDRESS = "10.0.0.1";

  private final FakeClock clock = FakeClock.at(LoadBalancerWorld.START);
  private final Inventory inventory = new Inventory(Duration.ofDays(1), clock);

  private LoadBalancerWorld world(int maxEnvironments, int maxOrphans) {
    return LoadBalancerWorld.with(
        clock,
        latest ->
            new EnvironmentsScraper(
                Joined.config(maxEnvironments), latest, inventory, clock, maxOrphans));
  }

  private LoadBalancerWorld world() {
    return world(500, EnvironmentsScraper.MAX_ORPHANS);
  }

  private void services(Service... all) {
    inventory.clusters(Set.of("dev"), false);
    inventory.services("dev", List.of(all), false);
  }

  private static Service service(String name, Instant createdAt, String group) {
    return new Service(
        "arn:aws:ecs:ap-northeast-1:123456789012:service/dev/" + name,
        name,
        "dev",
        "ACTIVE",
        1,
        1,
        0,
        createdAt,
        List.of(),
        List.of(),
        List.of(group),
        null,
        Map.of());
  }

  private static ListenerDouble listener(LoadBalancerWorld world) {
    return world.elb().loadBalancer("dev").listener(443, "HTTPS");
  }

  private static List<String> orphans(LoadBalancerWorld world) {
    return world.scrape().samples("ecs_environment_orphan_info").stream()
        .map(sample -> sample.label("kind") + " " + sample.label("environment"))
        .sorted()
        .toList();
  }

  @Test
  void anEnvironmentIsBornBecomesHealthyFallsIllAndLeavesOrphans() {
    try (var world = world()) {
      services();
      world.elb().targetGroup("shop").target("10.0.9.9", 80, "healthy", null);
      listener(world).rule(1, world.elb().targetGroup("shop").arn(), "www.example.com");
      world.pass(A_WHILE);
      assertThat(world.scrape().value("ecs_environments")).hasValue(0);
      assertThat(orphans(world)).isEmpty();

      // Born.
      TargetGroupDouble group = world.elb().targetGroup("pr-7");
      RuleDouble rule = listener(world).rule(10, group.arn(), "PR-7.dev.example.com");
      Instant createdAt = clock.instant();
      services(service("pr-7", createdAt, group.arn()));
      group.target(ADDRESS, 80, "initial", "Elb.RegistrationInProgress");
      world.pass(A_WHILE);
      var born = world.scrape();
      assertThat(born.samples("ecs_environment_info")).hasSize(1);
      assertThat(
              born.value(
                  "ecs_environment_info",
                  "environment",
                  "pr-7",
                  "host",
                  "pr-7.dev.example.com",
                  "listener",
                  "https:443",
                  "priority",
                  "10",
                  "cluster",
                  "dev",
                  "service",
                  "pr-7"))
          .hasValue(1);
      assertThat(born.value("ecs_environment_up", "environment", "pr-7")).hasValue(0);
      assertThat(born.value("ecs_environment_targets", "state", "initial")).hasValue(1);
      assertThat(born.value("ecs_environment_created_timestamp_seconds"))
          .hasValue(createdAt.toEpochMilli() / 1e3);

      // Healthy.
      group.target(ADDRESS, 80, "healthy", null);
      world.pass(A_WHILE);
      assertThat(world.scrape().value("ecs_environment_up", "environment", "pr-7")).hasValue(1);
      assertThat(world.scrape().value("ecs_environment_running_tasks")).hasValue(1);

      // Ill.
      group.target(ADDRESS, 80, "unhealthy", "Target.FailedHealthChecks");
      world.pass(A_WHILE);
      assertThat(world.scrape().value("ecs_environment_up", "environment", "pr-7")).hasValue(0);
      assertThat(orphans(world)).isEmpty();

      // Left behind.
      rule.delete();
      Instant deletedAt = clock.instant();
      world.pass(A_WHILE);
      var left = world.scrape();
      assertThat(left.samples("ecs_environment_info")).isEmpty();
      assertThat(left.samples("ecs_environment_up")).isEmpty();
      assertThat(orphans(world))
          .as("the group is the service's")
          .containsExactly("service_without_rule ");
      assertThat(left.value("ecs_environment_orphans", "kind", "target_group_without_rule"))
          .hasValue(0);
      assertThat(left.samples("ecs_environment_orphan_seen_timestamp_seconds"))
          .extracting(Sample::value)
          .allSatisfy(
              seen ->
                  assertThat(Instant.ofEpochSecond(seen.longValue()))
                      .isBetween(deletedAt, deletedAt.plus(A_WHILE)));
      world.pass(Duration.ofMinutes(30));
      assertThat(world.scrape().samples("ecs_environment_orphan_seen_timestamp_seconds"))
          .as("the time stays")
          .isEqualTo(left.samples("ecs_environment_orphan_seen_timestamp_seconds"));
      services();
      world.pass(A_WHILE);
      assertThat(orphans(world)).containsExactly("target_group_without_rule ");

      // Gone.
      services();
      group.delete();
      world.pass(A_WHILE);
      assertThat(orphans(world)).isEmpty();
    }
  }

  @Test
  void aRuleThatOutlivesItsServiceAndItsTasksIsTwoKindsOfOrphan() {
    try (var world = world()) {
      services();
      listener(world).rule(10, world.elb().targetGroup("pr-7").arn(), "pr-7.dev.example.com");
      world.pass(A_WHILE);

      assertThat(orphans(world))
          .containsExactly("rule_empty_target_group pr-7", "rule_without_service pr-7");
    }
  }

  @Test
  void withoutTheServicesNobodyIsCalledAnOrphanOfThem() {
    try (var world = world()) {
      listener(world).rule(10, world.elb().targetGroup("pr-7").arn(), "pr-7.dev.example.com");
      world.pass(A_WHILE);

      assertThat(world.scrape().value("ecs_environment_up", "environment", "pr-7")).hasValue(0);
      assertThat(world.scrape().samples("ecs_environment_desired_tasks")).isEmpty();
      assertThat(world.scrape().samples("ecs_environment_orphans")).isEmpty();
    }
  }

  @Test
  void aTagNamesWhatNoHostDoes() {
    try (var world = world()) {
      services();
      RuleDouble rule =
          listener(world).rule(10, world.elb().targetGroup("x").arn(), "x.example.com");
      world.elb().tag(rule.arn(), Map.of("environment", "blue", "secret", "do-not-show"));
      world.elb().tag(world.elb().targetGroup("left").arn(), Map.of("environment", "old"));
      world.pass(Duration.ofMinutes(14));

      assertThat(world.scrape().value("ecs_environment_info", "environment", "blue")).hasValue(1);
      assertThat(orphans(world)).contains("target_group_without_rule old");
      assertThat(world.text()).doesNotContain("do-not-show");
      assertThat(world.aws.count("DescribeTags")).as("every quarter of an hour").isEqualTo(1);
      world.elb().tag(rule.arn(), Map.of("environment", "green"));
      world.pass(Duration.ofMinutes(6));
      assertThat(world.scrape().value("ecs_environment_info", "environment", "green")).hasValue(1);
    }
  }

  @Test
  void whereTagsAreDeniedWhatAHostNamesIsShown() {
    try (var world = world()) {
      services();
      listener(world).rule(10, world.elb().targetGroup("pr-7").arn(), "pr-7.dev.example.com");
      world.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeTags"));
      world.pass(A_WHILE);
      assertThat(world.scrape().value("ecs_environments")).hasValue(1);
      assertThat(world.scrape().value("ecs_environment_up", "environment", "pr-7")).hasValue(0);
      assertThat(world.message(LoadBalancersScraper.NAME))
          .contains("its policy must allow elasticloadbalancing:DescribeTags");

      listener(world).rule(11, world.elb().targetGroup("x").arn(), "x.example.com");
      world.pass(A_WHILE);
      assertThat(world.scrape().value("elb_load_balancer_rules")).hasValue(2);
      assertThat(world.scrape().samples("ecs_environment_info")).hasSize(1);
      assertThat(world.scrape().samples("ecs_environments")).as("x may be one").isEmpty();
    }
  }

  @Test
  void whereHealthIsDeniedNobodyIsUpOrDown() {
    try (var world = world()) {
      services();
      listener(world).rule(10, world.elb().targetGroup("pr-7").arn(), "pr-7.dev.example.com");
      world.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeTargetHealth"));
      world.pass(A_WHILE);

      assertThat(world.scrape().samples("ecs_environment_info")).hasSize(1);
      assertThat(world.scrape().samples("ecs_environment_up")).isEmpty();
      assertThat(world.scrape().samples("ecs_environment_targets")).isEmpty();
      assertThat(world.scrape().samples("ecs_environment_orphans"))
          .as("what nobody knows is not 0")
          .extracting(sample -> sample.label("kind"))
          .containsExactly("target_group_without_rule", "service_without_rule");
    }
  }

  @Test
  void onOldLoadBalancersNothingIsJoined() {
    try (var world = world()) {
      services();
      listener(world).rule(10, world.elb().targetGroup("pr-7").arn(), "pr-7.dev.example.com");
      world.pass(A_WHILE);
      world.aws.fail(Fault.throttled());
      world.pass(Duration.ofMinutes(20));

      assertThat(world.scrape().samples("ecs_environment_info")).isEmpty();
      assertThat(world.message(EnvironmentsScraper.NAME))
          .matches("the load balancers were last read \\d+ minutes ago");
    }
  }

  @Test
  void asManyAreShownAsMayBeAndTheRestIsCounted() {
    try (var world = world(2, 3)) {
      services();
      for (int i = 0; i < 5; i++) {
        String host = "pr-" + i + ".dev.example.com";
        listener(world).rule(i + 1, world.elb().targetGroup("pr-" + i).arn(), host);
      }
      world.pass(A_WHILE);

      var shown = world.scrape();
      assertThat(shown.samples("ecs_environment_info"))
          .extracting(sample -> sample.label("environment"))
          .containsExactly("pr-0", "pr-1");
      assertThat(shown.value("ecs_environments")).hasValue(5);
      assertThat(shown.value("ecs_environments_left_out")).hasValue(3);
      assertThat(shown.samples("ecs_environment_orphan_info")).hasSize(3);
      assertThat(shown.value("ecs_environment_orphans", "kind", "rule_without_service"))
          .hasValue(5);
      assertThat(shown.value("ecs_environment_orphans_left_out")).hasValue(7);
    }
  }

  @Test
  void promtoolHasNothingToSay() throws Exception {
    Promtool.assumePresent();
    try (var world = world()) {
      services();
      listener(world).rule(10, world.elb().targetGroup("pr-7").arn(), "pr-7.dev.example.com");
      world.pass(A_WHILE);

      assertThat(Promtool.complaints(world.text())).isEmpty();
    }
  }
}
