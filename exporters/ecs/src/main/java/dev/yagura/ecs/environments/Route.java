package dev.yagura.ecs.environments;

import dev.yagura.ecs.loadbalancers.Dimensions;
import dev.yagura.ecs.loadbalancers.Listener;
import dev.yagura.ecs.loadbalancers.Rule;
import dev.yagura.ecs.loadbalancers.Rule.Forward;
import java.util.List;

/**
 * A rule that leads to an environment.
 *
 * @param hosts of the rule that are of this environment
 */
record Route(List<String> hosts, Listener listener, Rule rule) {

  Route {
    hosts = List.copyOf(hosts);
  }

  String loadBalancer() {
    return Dimensions.loadBalancer(listener.loadBalancer());
  }

  /** The rule's own resource: the end of its ARN. */
  String resource() {
    return Dimensions.resource(rule.arn());
  }

  /** ARNs of all of its target groups. */
  List<String> groups() {
    return rule.forwards().stream().map(Forward::targetGroup).distinct().toList();
  }

  /** ARNs of the target groups that get requests: one alone gets them whatever its weight. */
  List<String> live() {
    return rule.forwards().size() == 1
        ? groups()
        : rule.forwards().stream()
            .filter(forward -> forward.weight() > 0)
            .map(Forward::targetGroup)
            .distinct()
            .toList();
  }
}
