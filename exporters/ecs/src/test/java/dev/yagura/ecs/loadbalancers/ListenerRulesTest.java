package dev.yagura.ecs.loadbalancers;

import static dev.yagura.ecs.loadbalancers.Views.hosts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerRulesTest {
  private static List<Integer> shadowed(Rule... rules) {
    return ListenerRules.shadowed(List.of(rules)).stream().map(Rule::priority).toList();
  }

  @Test
  void aRuleWhoseHostABetterOneTakesIsShadowed() {
    assertThat(shadowed(hosts(20, "a.example.com"), hosts(10, "a.example.com")))
        .containsExactly(20);
  }

  @Test
  void aRuleWithOneHostLeftToItIsNotShadowed() {
    assertThat(shadowed(hosts(10, "a.example.com"), hosts(20, "a.example.com", "b.example.com")))
        .isEmpty();
  }

  @Test
  void severalBetterRulesTogetherShadowOne() {
    assertThat(
            shadowed(
                hosts(10, "a.example.com"),
                hosts(20, "b.example.com"),
                hosts(30, "a.example.com", "b.example.com")))
        .containsExactly(30);
  }

  @Test
  void aWildcardShadowsWhatItTakesAndNotTheOtherWayRound() {
    assertThat(shadowed(hosts(10, "*.example.com"), hosts(20, "a.example.com")))
        .containsExactly(20);
    assertThat(shadowed(hosts(10, "a.example.com"), hosts(20, "*.example.com"))).isEmpty();
  }

  @Test
  void aRuleThatAsksForMoreThanHostsNeitherShadowsNorIsShadowed() {
    var withPath = new Rule("path", 10, List.of("a.example.com"), false, List.of());

    assertThat(shadowed(withPath, hosts(20, "a.example.com"))).isEmpty();
    var behind = new Rule("path", 30, List.of("a.example.com"), false, List.of());
    assertThat(shadowed(hosts(20, "a.example.com"), behind)).isEmpty();
  }

  @Test
  void theDefaultRuleIsNeverShadowed() {
    assertThat(shadowed(hosts(10, "*"), hosts(null))).isEmpty();
  }

  @Test
  void aPriorityThatThreeRulesHaveIsOneDuplicate() {
    assertThat(
            ListenerRules.duplicatePriorities(
                List.of(hosts(1, "a"), hosts(1, "b"), hosts(1, "c"), hosts(2, "d"))))
        .isEqualTo(1);
  }

  @Test
  void defaultRulesAreNoDuplicates() {
    assertThat(ListenerRules.duplicatePriorities(List.of(hosts(null), hosts(null)))).isZero();
  }

  @Test
  void theNextPriorityIsBehindTheHighestAndNotInAGap() {
    assertThat(ListenerRules.nextFreePriority(List.of(hosts(7, "a"), hosts(10_123, "b"))))
        .isEqualTo(10_124);
  }

  @Test
  void aListenerWithoutRulesBeginsAtOne() {
    assertThat(ListenerRules.nextFreePriority(List.of())).isEqualTo(1);
    assertThat(ListenerRules.nextFreePriority(List.of(hosts(null)))).isEqualTo(1);
  }

  @Test
  void behindTheHighestPriorityThereIsNone() {
    assertThat(ListenerRules.nextFreePriority(List.of(hosts(50_000, "a")))).isNull();
  }
}
