package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Expositions;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsServiceDouble;
import dev.yagura.testing.aws.EcsTaskDouble;
import dev.yagura.testing.aws.ListenerDouble;
import dev.yagura.testing.aws.RuleDouble;
import dev.yagura.testing.aws.TargetGroupDouble;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of an environment of a branch, and what it leaves behind. */
class EnvironmentMomentsIT {
  private static final Duration A_LOOK = Duration.ofMinutes(5);

  private final EcsWorld world =
      new EcsWorld(
          "environments: {host_pattern: \"(?<env>[a-z0-9-]+)\\\\.dev\\\\.example\\\\.com\","
              + " load_balancers: [\"dev-*\"]}");
  private final ListenerDouble listener =
      world.elb().loadBalancer("dev-branches").listener(443, "HTTPS");
  private final TargetGroupDouble group = world.elb().targetGroup("pr-7");
  private final RuleDouble rule = listener.rule(107, group.arn(), "PR-7.dev.example.com");
  private final EcsServiceDouble service =
      world
          .cluster("dev")
          .service("pr-7")
          .desired(1)
          .targetGroup(group.arn(), "app", 8080)
          .deploy(world.ecs().taskDefinition("pr-7", EcsContainer.named("app").port(8080)));

  @AfterEach
  void end() {
    world.close();
  }

  private void golden(String moment) {
    Goldens.in(EnvironmentMomentsIT.class)
        .assertMatches(
            moment,
            Expositions.normalise(
                world.text(), sample -> sample.name().startsWith("yagura_scrape_duration")));
  }

  @Test
  void anEnvironmentIsBornAndLeavesAnOrphan() {
    EcsTaskDouble task = service.startTask();
    group.target("10.0.0.7", 8080, "initial", "Elb.RegistrationInProgress");
    world.start().poll();
    world.pass(A_LOOK);
    golden("environment-born");

    task.running();
    service.completeDeployment();
    group.target("10.0.0.7", 8080, "healthy", null);
    world.pass(A_LOOK);
    golden("environment-up");

    task.stopping("UserInitiated", "Task stopped by user").stopped(0);
    service.delete();
    group.remove("10.0.0.7");
    rule.delete();
    world.pass(A_LOOK);
    golden("environment-gone");
    ParsedExposition gone = world.scrape();
    assertThat(gone.samples("ecs_environment_info")).isEmpty();
    assertThat(gone.value("ecs_environment_orphans", "kind", "target_group_without_rule"))
        .hasValue(1);
  }

  @Test
  void environmentsOfOtherLoadBalancersAreNone() {
    world
        .elb()
        .loadBalancer("prod")
        .listener(443, "HTTPS")
        .rule(1, world.elb().targetGroup("prod").arn(), "prod.dev.example.com");
    world.start().poll();
    world.pass(A_LOOK);

    assertThat(world.scrape().samples("ecs_environment_info"))
        .extracting(sample -> sample.label("environment"))
        .containsOnly("pr-7");
    assertThat(world.scrape().samples("elb_load_balancer_info")).hasSize(2);
  }

  @Test
  void whereNotAllClustersAreWatchedNoRuleIsSaidToHaveNoService() {
    try (EcsWorld some =
        new EcsWorld("clusters: [\"d*\"], environments: {host_pattern: \"(?<env>.+)\"}")) {
      some.cluster("dev");
      some.cluster("elsewhere");
      some.elb()
          .loadBalancer("dev")
          .listener(443, "HTTPS")
          .rule(8, some.elb().targetGroup("pr-8").arn(), "pr-8");
      some.start().poll();
      some.pass(A_LOOK);

      ParsedExposition scraped = some.scrape();
      assertThat(scraped.value("ecs_environment_orphans", "kind", "rule_without_service"))
          .isEmpty();
      assertThat(scraped.value("ecs_environment_orphans", "kind", "rule_empty_target_group"))
          .isPresent();
      assertThat(scraped.value("ecs_clusters")).hasValue(1);
    }
  }

  @Test
  void promtoolHasNothingToSay() throws Exception {
    Promtool.assumePresent();
    world.start().poll();
    world.pass(A_LOOK);

    assertThat(Promtool.complaints(world.text())).isEmpty();
  }
}
