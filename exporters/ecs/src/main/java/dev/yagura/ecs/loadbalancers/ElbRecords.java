package dev.yagura.ecs.loadbalancers;

import dev.yagura.ecs.loadbalancers.Rule.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** The words of the SDK in ours. */
final class ElbRecords {
  private static final String HOST = "host-header";

  private ElbRecords() {}

  static LoadBalancer loadBalancer(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer from) {
    LoadBalancerState state = from.state();
    return new LoadBalancer(
        from.loadBalancerArn(),
        text(from.loadBalancerName()),
        from.typeAsString(),
        from.schemeAsString(),
        state == null ? null : state.codeAsString());
  }

  static TargetGroup targetGroup(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup from) {
    return new TargetGroup(
        from.targetGroupArn(),
        text(from.targetGroupName()),
        from.protocolAsString(),
        from.port(),
        from.targetTypeAsString(),
        from.loadBalancerArns());
  }

  static Listener listener(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener from,
      String loadBalancer,
      List<Rule> rules) {
    return new Listener(
        from.listenerArn(), loadBalancer, from.protocolAsString(), from.port(), rules);
  }

  static Rule rule(software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule from) {
    List<String> hosts = new ArrayList<>();
    boolean onlyHosts = !from.conditions().isEmpty();
    for (RuleCondition condition : from.conditions()) {
      List<String> these = hosts(condition);
      these.forEach(host -> hosts.add(Rule.host(host)));
      // A condition on hosts without any is one by regular expressions.
      onlyHosts &= HOST.equals(condition.field()) && !these.isEmpty();
    }
    // Two conditions on hosts hold only where both do.
    onlyHosts &= from.conditions().size() == 1;
    boolean isDefault = Boolean.TRUE.equals(from.isDefault());
    return new Rule(
        from.ruleArn(),
        isDefault ? null : number(from.priority()),
        hosts,
        onlyHosts,
        forwards(from.actions()));
  }

  private static List<String> hosts(RuleCondition condition) {
    if (!HOST.equals(condition.field())) {
      return List.of();
    }
    // Rules that were made with Values have no HostHeaderConfig in the answers of some versions.
    return condition.hostHeaderConfig() != null && condition.hostHeaderConfig().hasValues()
        ? condition.hostHeaderConfig().values()
        : condition.values();
  }

  private static List<Forward> forwards(List<Action> actions) {
    List<Forward> forwards = new ArrayList<>();
    for (Action action : actions) {
      if (action.forwardConfig() != null && action.forwardConfig().hasTargetGroups()) {
        action
            .forwardConfig()
            .targetGroups()
            .forEach(
                group ->
                    forwards.add(
                        new Forward(
                            group.targetGroupArn(),
                            Objects.requireNonNullElse(group.weight(), 1))));
      } else if (action.targetGroupArn() != null) {
        forwards.add(new Forward(action.targetGroupArn(), 1));
      }
    }
    return forwards;
  }

  static TargetHealth targetHealth(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.@Nullable TargetHealth from) {
    return from == null
        ? TargetHealth.of(null, null)
        : TargetHealth.of(from.stateAsString(), from.reasonAsString());
  }

  static @Nullable Integer number(@Nullable String text) {
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String text(@Nullable String text) {
    return Optional.ofNullable(text).orElse("");
  }
}
