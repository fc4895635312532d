package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.ecs.loadbalancers.Rule.Forward;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliesTest {
  private static final String WEB = "app/web/50dc6c495c0c9188";

  private static ParsedExposition shown(Views views) {
    LoadBalancing view = views.view();
    Snapshot all =
        LoadBalancerFamilies.snapshot(view).and(TargetHealthFamilies.snapshot(view, Views.NOW));
    return Expositions.parse(
        Expositions.render(List.of(Samples.of(List.of(all), ConstantLabels.none()))));
  }

  @Test
  void labelsAreTheDimensionsOfCloudWatch() {
    var shown = shown(Views.of().route("web", 1, "a", "blue").targets("blue", "web"));

    assertThat(
            shown.value(
                "elb_target_group_info",
                "target_group",
                "targetgroup/blue/73e2d6bc24d8a067",
                "load_balancer",
                WEB,
                "port",
                "8080"))
        .hasValue(1);
  }

  @Test
  void useStandsBesideTheLimitOfTheAccount() {
    var shown =
        shown(
            Views.of()
                .route("web", 1, "a", "blue")
                .route("web", 2, "b", "blue")
                .route("web", null, List.of(), new Forward(Views.group("blue"), 1))
                .targets("blue", "web")
                .targets("alone")
                .limit("rules-per-application-load-balancer", 100)
                .limit("target-groups", 3000));

    assertThat(shown.value("elb_load_balancer_rules", "load_balancer", WEB))
        .as("without the default rule")
        .hasValue(2);
    assertThat(shown.value("elb_load_balancer_rules_limit", "load_balancer", WEB)).hasValue(100);
    assertThat(shown.value("elb_load_balancer_target_groups", "load_balancer", WEB)).hasValue(1);
    assertThat(shown.value("elb_target_groups")).hasValue(2);
    assertThat(shown.value("elb_target_groups_limit")).hasValue(3000);
  }

  @Test
  void aLimitThatAwsDoesNotTellIsAbsent() {
    var shown = shown(Views.of().route("web", 1, "a", "blue"));

    assertThat(shown.families()).noneMatch(name -> name.endsWith("_limit"));
  }

  @Test
  void rulesThatWereNotReadAreAbsentAndNotZero() {
    var shown = shown(Views.of().unread("web"));

    assertThat(shown.value("elb_load_balancer_info", "load_balancer", WEB)).hasValue(1);
    assertThat(shown.samples("elb_load_balancer_rules")).isEmpty();
    assertThat(shown.samples("elb_load_balancer_listeners")).isEmpty();
  }

  @Test
  void healthThatIsTooOldIsAbsent() {
    var views =
        Views.of()
            .route("web", 1, "a", "blue")
            .targets("blue", "web")
            .targets("green", "web")
            .health("blue", Duration.ofMinutes(10).plusMillis(1), "healthy")
            .health("green", Duration.ofMinutes(10), "healthy");

    assertThat(shown(views).samples("elb_target_group_targets"))
        .extracting(sample -> sample.label("target_group"))
        .containsExactly("targetgroup/green/73e2d6bc24d8a067");
    assertThat(shown(views).samples("elb_target_group_health_timestamp_seconds"))
        .extracting(sample -> sample.value())
        .containsExactly((double) Views.NOW.minus(Duration.ofMinutes(10)).getEpochSecond());
  }

  @Test
  void aGroupWithoutTargetsHasZeroHealthyOnes() {
    var shown =
        shown(Views.of().route("web", 1, "a", "blue").targets("blue", "web").health("blue"));

    assertThat(shown.value("elb_target_group_targets", "state", "healthy")).hasValue(0);
  }

  @Test
  void theTargetsOfALoadBalancerAreKnownWhenThoseOfEachGroupAre() {
    var views =
        Views.of()
            .route("web", 1, "a", "blue")
            .targets("blue", "web")
            .targets("green", "web")
            .health("blue", "healthy", "draining");

    assertThat(shown(views).samples("elb_load_balancer_targets")).isEmpty();
    assertThat(shown(views.health("green", "unhealthy")).value("elb_load_balancer_targets"))
        .hasValue(3);
  }

  @Test
  void aThousandGroupsAreShownAndTheRestIsCounted() {
    var views = Views.of().route("web", 1, "a", "ruled");
    for (int i = 0; i < 1002; i++) {
      views.targets("a" + i, "web").health("a" + i, "healthy");
    }
    var shown = shown(views.targets("ruled", "web"));

    assertThat(shown.samples("elb_target_group_info")).hasSize(1000);
    assertThat(shown.value("elb_target_group_info", "name", "ruled")).hasValue(1);
    assertThat(shown.value("elb_target_groups_left_out")).hasValue(3);
    assertThat(shown.value("elb_target_groups")).hasValue(1003);
  }

  @Test
  void aListenerWithoutRulesIsShown() {
    var shown = shown(Views.of().route("web", null, List.of()));

    assertThat(shown.value("elb_listener_next_free_priority", "listener", "https:443")).hasValue(1);
    assertThat(shown.value("elb_listener_duplicate_priorities")).hasValue(0);
    assertThat(shown.value("elb_listener_shadowed_rules")).hasValue(0);
  }
}
