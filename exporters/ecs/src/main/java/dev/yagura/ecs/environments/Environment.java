package dev.yagura.ecs.environments;

import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.GroupHealth;
import dev.yagura.ecs.loadbalancers.LoadBalancing;
import dev.yagura.ecs.loadbalancers.TargetHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind some hosts.
 *
 * @param routes rules that lead to it
 * @param hasAllRoutes whether there can be no other rules
 * @param services those known that its target groups lead to
 * @param hasAllServices whether there can be no others
 */
record Environment(
    String name,
    List<Route> routes,
    boolean hasAllRoutes,
    List<Service> services,
    boolean hasAllServices) {

  Environment {
    routes = List.copyOf(routes);
    services = List.copyOf(services);
  }

  /** ARNs of all of its target groups. */
  Set<String> groups() {
    Set<String> groups = new LinkedHashSet<>();
    routes.forEach(route -> groups.addAll(route.groups()));
    return groups;
  }

  /**
   * Whether every target group that a rule sends requests to has a healthy target: a load balancer
   * does not turn from one group to another. Empty if that depends on what is not known.
   */
  Optional<Boolean> isUp(LoadBalancing view, Instant now) {
    boolean unknown = !hasAllRoutes;
    for (Route route : routes) {
      if (route.live().isEmpty()) {
        return Optional.of(false);
      }
      for (String group : route.live()) {
        Optional<Boolean> healthy = view.healthOf(group, now).flatMap(GroupHealth::hasHealthy);
        if (healthy.isPresent() && !healthy.get()) {
          return healthy;
        }
        unknown |= healthy.isEmpty();
      }
    }
    return unknown ? Optional.empty() : Optional.of(true);
  }

  /** All targets of its groups; empty if those of any are not known, or there may be others. */
  Optional<List<TargetHealth>> targets(LoadBalancing view, Instant now) {
    if (!hasAllRoutes) {
      return Optional.empty();
    }
    List<TargetHealth> targets = new ArrayList<>();
    for (String group : groups()) {
      Optional<GroupHealth> health = view.healthOf(group, now);
      if (health.isEmpty()) {
        return Optional.empty();
      }
      targets.addAll(health.get().targets());
    }
    return Optional.of(targets);
  }

  /** A number of tasks of all of its services; null if that of any is not known. */
  @Nullable Integer tasks(Function<Service, @Nullable Integer> number) {
    if (!hasAllServices || services.isEmpty()) {
      return null;
    }
    int sum = 0;
    for (Service service : services) {
      Integer tasks = number.apply(service);
      if (tasks == null) {
        return null;
      }
      sum += tasks;
    }
    return sum;
  }

  /** When the first of its services was made; null if that of any is not known. */
  @Nullable Instant createdAt() {
    if (!hasAllServices) {
      return null;
    }
    Instant first = null;
    for (Service service : services) {
      Instant createdAt = service.createdAt();
      if (createdAt == null) {
        return null;
      }
      first = first == null || createdAt.isBefore(first) ? createdAt : first;
    }
    return first;
  }
}
