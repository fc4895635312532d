package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.ecs.loadbalancers.Rule.Forward;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

class ElbRecordsTest {
  /** In the older form. */
  private static final RuleCondition HOST =
      RuleCondition.builder().field("host-header").values("a.example.com").build();

  private static software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule.Builder rule() {
    return software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule.builder()
        .ruleArn("arn")
        .priority("10")
        .isDefault(false);
  }

  private static Rule read(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule.Builder rule) {
    return ElbRecords.rule(rule.build());
  }

  private static Rule conditioned(RuleCondition... conditions) {
    return read(rule().conditions(conditions));
  }

  private static Rule acting(Action... actions) {
    return read(rule().conditions(HOST).actions(actions));
  }

  private static RuleCondition hosts(String... hosts) {
    return RuleCondition.builder()
        .field("host-header")
        .hostHeaderConfig(config -> config.values(hosts))
        .build();
  }

  private static TargetGroupTuple group(String arn, @Nullable Integer weight) {
    return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
  }

  private static Action.Builder forward(TargetGroupTuple... groups) {
    return Action.builder().type("forward").forwardConfig(to -> to.targetGroups(groups));
  }

  @Test
  void hostsAreInLowerCaseAndWithoutADotAtTheirEnd() {
    assertThat(conditioned(hosts("Feature-1.Dev.Example.COM.", "*.dev.example.com")).hosts())
        .containsExactly("feature-1.dev.example.com", "*.dev.example.com");
  }

  @Test
  void hostsInTheOlderFormAreRead() {
    Rule rule = conditioned(HOST);

    assertThat(rule.hosts()).containsExactly("a.example.com");
    assertThat(rule.onlyHosts()).isTrue();
  }

  @Test
  void aPathBesideTheHostIsNotOnlyHosts() {
    RuleCondition path = RuleCondition.builder().field("path-pattern").values("/api/*").build();
    Rule rule = conditioned(HOST, path);

    assertThat(rule.hosts()).containsExactly("a.example.com");
    assertThat(rule.onlyHosts()).isFalse();
  }

  @Test
  void hostsByRegularExpressionAreNoHostsAndNotOnlyHosts() {
    Rule rule =
        conditioned(
            RuleCondition.builder()
                .field("host-header")
                .hostHeaderConfig(config -> config.regexValues("^a.*$"))
                .build());

    assertThat(rule.hosts()).isEmpty();
    assertThat(rule.onlyHosts()).isFalse();
  }

  @Test
  void aRuleWithoutConditionsIsNotOnlyHosts() {
    assertThat(read(rule()).onlyHosts()).isFalse();
  }

  @Test
  void aWeightedForwardLeadsToEachOfItsGroups() {
    Rule rule = acting(forward(group("blue", 0), group("green", 9), group("old", null)).build());

    assertThat(rule.forwards())
        .containsExactly(new Forward("blue", 0), new Forward("green", 9), new Forward("old", 1));
  }

  @Test
  void aForwardInBothFormsCountsOnce() {
    Rule rule = acting(forward(group("blue", null)).targetGroupArn("blue").build());

    assertThat(rule.forwards()).containsExactly(new Forward("blue", 1));
  }

  @Test
  void aRedirectLeadsToNoGroup() {
    Action redirect =
        Action.builder().type("redirect").redirectConfig(to -> to.statusCode("HTTP_301")).build();

    assertThat(acting(redirect).forwards()).isEmpty();
  }

  @Test
  void theDefaultRuleHasNoPriority() {
    Rule rule = read(rule().priority("default").isDefault(true));

    assertThat(rule.isDefault()).isTrue();
  }
}
