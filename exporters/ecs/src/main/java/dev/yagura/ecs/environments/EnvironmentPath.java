package dev.yagura.ecs.environments;

import dev.yagura.core.metrics.LabelSet;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.Dimensions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way from a host to a service.
 *
 * @param host empty if the rule asks for none
 * @param cluster empty, as the service, if no known service is behind the target group
 */
record EnvironmentPath(
    String environment,
    String host,
    String loadBalancer,
    String listener,
    @Nullable Integer priority,
    String targetGroup,
    String cluster,
    String service) {

  static final LabelSet<EnvironmentPath> LABELS =
      LabelSet.<EnvironmentPath>of("environment", EnvironmentPath::environment)
          .and("host", EnvironmentPath::host)
          .and("load_balancer", EnvironmentPath::loadBalancer)
          .and("listener", EnvironmentPath::listener)
          .and("priority", row -> row.priority() == null ? null : row.priority().toString())
          .and("target_group", EnvironmentPath::targetGroup)
          .and("cluster", EnvironmentPath::cluster)
          .and("service", EnvironmentPath::service);

  /** Every way to an environment. */
  static Set<EnvironmentPath> of(Environment environment, ServicesByGroup services) {
    Set<EnvironmentPath> paths = new LinkedHashSet<>();
    for (Route route : environment.routes()) {
      for (String host : route.hosts().isEmpty() ? List.of("") : route.hosts()) {
        for (String group : route.groups()) {
          if (services.of(group).isEmpty()) {
            paths.add(path(environment.name(), host, route, group, "", ""));
          }
          for (Service service : services.of(group)) {
            paths.add(
                path(environment.name(), host, route, group, service.cluster(), service.name()));
          }
        }
      }
    }
    return paths;
  }

  private static EnvironmentPath path(
      String environment, String host, Route route, String group, String cluster, String service) {
    return new EnvironmentPath(
        environment,
        host,
        route.loadBalancer(),
        route.listener().name(),
        route.rule().priority(),
        Dimensions.targetGroup(group),
        cluster,
        service);
  }
}
