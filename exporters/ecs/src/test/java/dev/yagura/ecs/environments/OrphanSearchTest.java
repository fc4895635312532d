package dev.yagura.ecs.environments;

import static dev.yagura.ecs.environments.OrphanKind.RULE_EMPTY_TARGET_GROUP;
import static dev.yagura.ecs.environments.OrphanKind.RULE_WITHOUT_SERVICE;
import static dev.yagura.ecs.environments.OrphanKind.SERVICE_WITHOUT_RULE;
import static dev.yagura.ecs.environments.OrphanKind.TARGET_GROUP_WITHOUT_RULE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.ecs.loadbalancers.Rule.Forward;
import dev.yagura.ecs.loadbalancers.Views;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrphanSearchTest {
  private static final String A = "a.dev.example.com";

  private static Views healthy() {
    return Views.of().route("web", 1, A, "a").targets("a", "web").health("a", "healthy");
  }

  private static Forward to(String group, int weight) {
    return new Forward(Views.group(group), weight);
  }

  @Test
  void whatIsCompleteHasNoOrphans() {
    var joined = Joined.of(healthy(), Services.of("shop", 1, "a"));

    assertThat(joined.orphans())
        .containsOnlyKeys(OrphanKind.values())
        .allSatisfy((kind, found) -> assertThat(found).isEmpty());
  }

  @Test
  void aRuleThatIsDeletedLeavesAServiceAndAGroup() {
    var joined = Joined.of(Views.of().targets("a").targets("b"), Services.of("shop", 1, "a"));

    assertThat(joined.orphans(TARGET_GROUP_WITHOUT_RULE))
        .as("the other one is the service's")
        .containsExactly(
            new Orphan(TARGET_GROUP_WITHOUT_RULE, "", "targetgroup/b/73e2d6bc24d8a067"));
    assertThat(joined.orphans(SERVICE_WITHOUT_RULE))
        .containsExactly(new Orphan(SERVICE_WITHOUT_RULE, "", "service/dev/shop"));
  }

  @Test
  void aTagStillTellsTheEnvironmentOfWhatIsLeft() {
    var joined =
        Joined.of(
            Views.of().targets("a").targets("b").tag(Views.group("b"), "environment", "b"),
            Services.tagged("shop", "a", "environment", "a"));

    assertThat(joined.orphans(SERVICE_WITHOUT_RULE))
        .extracting(Orphan::environment)
        .containsExactly("a");
    assertThat(joined.orphans(TARGET_GROUP_WITHOUT_RULE))
        .extracting(Orphan::environment)
        .containsExactly("b");
  }

  @Test
  void aServiceBehindADefaultRuleIsNoOrphan() {
    var joined =
        Joined.of(
            Views.of().route("web", null, List.of(), to("a", 1)).targets("a"),
            Services.of("shop", 1, "a"));

    assertThat(joined.orphans(SERVICE_WITHOUT_RULE)).isEmpty();
    assertThat(joined.orphans(TARGET_GROUP_WITHOUT_RULE)).isEmpty();
  }

  @Test
  void aServiceOnALoadBalancerThatIsNotWatchedIsNoOrphan() {
    var joined = Joined.of(Views.of().targets("a", "other"), Services.of("shop", 1, "a"));

    assertThat(joined.orphans(SERVICE_WITHOUT_RULE)).isEmpty();
    assertThat(joined.orphans(TARGET_GROUP_WITHOUT_RULE)).isEmpty();
  }

  @Test
  void aServiceWhoseGroupIsDeletedIsAnOrphan() {
    assertThat(Joined.of(Views.of(), Services.of("shop", 1, "gone")).orphans(SERVICE_WITHOUT_RULE))
        .hasSize(1);
  }

  @Test
  void servicesThatNeedNoRuleOrAreOnTheirWayInOrOutAreNoOrphans() {
    var joined =
        Joined.of(
            Views.of().targets("a"),
            Services.withoutGroup("worker"),
            Services.inState("leaving", "DRAINING", "a"),
            Services.createdAt("coming", Views.NOW.plusSeconds(1), "a"));

    assertThat(joined.orphans(SERVICE_WITHOUT_RULE)).isEmpty();
  }

  @Test
  void aRuleToAGroupOfNoServiceIsAnOrphan() {
    assertThat(Joined.of(healthy().health("a", "unhealthy")).orphans(RULE_WITHOUT_SERVICE))
        .containsExactly(
            new Orphan(RULE_WITHOUT_SERVICE, "a", "listener-rule/app/web/50dc6c495c0c9188/f2f7/1"));
  }

  @Test
  void aRuleToAGroupWithAHealthyTargetServesSomebody() {
    assertThat(Joined.of(healthy()).orphans(RULE_WITHOUT_SERVICE)).isEmpty();
    assertThat(Joined.of(healthy().health("a", "unavailable")).orphans(RULE_WITHOUT_SERVICE))
        .as("of a target AWS does not know")
        .isEmpty();
  }

  @Test
  void whileTheHealthOfAGroupOfNoServiceIsNotKnownItCannotBeTold() {
    var views = Views.of().route("web", 1, A, "a").targets("a", "web");

    assertThat(Joined.of(views).orphans()).doesNotContainKey(RULE_WITHOUT_SERVICE);
    assertThat(Joined.of(views, Services.of("shop", 1, "a")).orphans(RULE_WITHOUT_SERVICE))
        .isEmpty();
  }

  @Test
  void aGroupThatWaitsForTheNextDeploymentIsNotLeftBehind() {
    var joined = Joined.of(healthy().targets("green"), Services.of("shop", 1, "a", "green"));

    assertThat(joined.orphans(TARGET_GROUP_WITHOUT_RULE)).isEmpty();
    assertThat(joined.orphans(SERVICE_WITHOUT_RULE)).isEmpty();
  }

  @Test
  void aRuleToAFunctionNeedsNoService() {
    var joined = Joined.of(Views.of().route("web", 1, A, "a").targetsOfType("lambda", "a", "web"));

    assertThat(joined.orphans(RULE_WITHOUT_SERVICE)).isEmpty();
  }

  @Test
  void aRuleWithOneGroupOfAServiceIsNoOrphan() {
    var joined =
        Joined.of(
            Views.of().route("web", 1, List.of(A), to("blue", 1), to("green", 0)),
            Services.of("shop", 1, "blue"));

    assertThat(joined.orphans(RULE_WITHOUT_SERVICE)).isEmpty();
  }

  @Test
  void aRuleToAnEmptyGroupIsAnOrphan() {
    var joined =
        Joined.of(
            Views.of().route("web", 1, A, "a").targets("a", "web").health("a"),
            Services.of("shop", 1, "a"));

    assertThat(joined.orphans(RULE_EMPTY_TARGET_GROUP))
        .containsExactly(
            new Orphan(
                RULE_EMPTY_TARGET_GROUP, "a", "listener-rule/app/web/50dc6c495c0c9188/f2f7/1"));
  }

  @Test
  void aServiceThatIsToHaveNoTasksSleeps() {
    var joined =
        Joined.of(
            Views.of().route("web", 1, A, "a").targets("a", "web").health("a"),
            Services.of("shop", 0, "a"));

    assertThat(joined.orphans(RULE_EMPTY_TARGET_GROUP)).isEmpty();
  }

  @Test
  void aServiceThatSleepsDoesNotHideTheOtherGroupOfItsRule() {
    var views =
        Views.of()
            .route("web", 1, List.of(A), to("stable", 1), to("canary", 1))
            .health("stable")
            .health("canary");
    var stable = Services.of("stable", 0, "stable");

    assertThat(
            Joined.of(views, stable, Services.of("canary", 3, "canary"))
                .orphans(RULE_EMPTY_TARGET_GROUP))
        .hasSize(1);
    assertThat(
            Joined.of(views, stable, Services.of("canary", 0, "canary"))
                .orphans(RULE_EMPTY_TARGET_GROUP))
        .isEmpty();
  }

  @Test
  void aGroupSleepsWhenAllOfItsServicesDo() {
    var views = Views.of().route("web", 1, A, "a").targets("a", "web").health("a");

    assertThat(
            Joined.of(views, Services.of("one", 0, "a"), Services.of("two", 2, "a"))
                .orphans(RULE_EMPTY_TARGET_GROUP))
        .hasSize(1);
  }

  @Test
  void whileTheTargetsOfAnyGroupThatGetsRequestsAreNotKnownNoNumberOfEmptyOnesIsTold() {
    var views =
        Views.of()
            .route("web", 1, A, "a")
            .route("web", 2, "b.dev.example.com", "b")
            .health("b", "healthy");
    var services = Services.of("shop", 1, "a", "b");

    assertThat(Joined.of(views, services).orphans()).doesNotContainKey(RULE_EMPTY_TARGET_GROUP);
    assertThat(Joined.of(views.health("a", Duration.ofMinutes(11)), services).orphans())
        .as("too old")
        .doesNotContainKey(RULE_EMPTY_TARGET_GROUP);
    assertThat(Joined.of(views.health("a"), services).orphans(RULE_EMPTY_TARGET_GROUP)).hasSize(1);
  }

  @Test
  void withoutAllServicesNothingIsTold() {
    var joined = Joined.withSome(healthy().targets("left"), Services.of("shop", 1, "left"));

    assertThat(joined.orphans()).isEmpty();
  }

  @Test
  void whereNotAllClustersAreWatchedNothingIsSaidToHaveNoService() {
    var joined = Joined.partly(healthy().targets("left"), Services.of("shop", 1, "a"));

    assertThat(joined.orphans()).containsOnlyKeys(RULE_EMPTY_TARGET_GROUP, SERVICE_WITHOUT_RULE);
  }

  @Test
  void withoutAllRulesNothingIsToldOfRules() {
    assertThat(Joined.of(healthy().unread("other")).orphans())
        .containsOnlyKeys(TARGET_GROUP_WITHOUT_RULE, SERVICE_WITHOUT_RULE);
  }

  @Test
  void rulesOfNoEnvironmentAreNoneOfOurs() {
    var joined = Joined.of(Views.of().route("web", 1, "www.example.com", "a").health("a"));

    assertThat(joined.orphans(RULE_WITHOUT_SERVICE)).isEmpty();
    assertThat(joined.orphans(RULE_EMPTY_TARGET_GROUP)).isEmpty();
  }
}
