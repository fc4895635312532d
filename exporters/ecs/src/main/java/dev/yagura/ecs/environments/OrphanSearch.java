package dev.yagura.ecs.environments;

import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.Dimensions;
import dev.yagura.ecs.loadbalancers.GroupHealth;
import dev.yagura.ecs.loadbalancers.LoadBalancing;
import dev.yagura.ecs.loadbalancers.TargetGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks for what was left behind. A kind that cannot be told for want of an answer is not in the
 * result; one of which there is nothing is there and empty.
 */
final class OrphanSearch {
  private static final Set<String> TYPES_OF_TASKS = Set.of("ip", "instance");
  private static final String ACTIVE = "ACTIVE";

  private final LoadBalancing view;
  private final Optional<List<Service>> all;
  private final boolean whole;
  private final ServicesByGroup byGroup;
  private final EnvironmentNames names;
  private final EnvironmentJoin join;
  private final Instant now;
  private final Map<String, TargetGroup> groups = new HashMap<>();

  /**
   * Looks at this.
   *
   * @param all services that are watched; empty if any may be missing
   * @param whole whether there are no others
   */
  OrphanSearch(
      LoadBalancing view,
      Optional<List<Service>> all,
      boolean whole,
      ServicesByGroup byGroup,
      EnvironmentNames names,
      EnvironmentJoin join,
      Instant now) {
    this.view = view;
    this.all = all;
    this.whole = whole;
    this.byGroup = byGroup;
    this.names = names;
    this.join = join;
    this.now = now;
    view.targetGroups().forEach(group -> groups.put(group.arn(), group));
  }

  Map<OrphanKind, List<Orphan>> orphans(List<Environment> environments) {
    Map<OrphanKind, List<Orphan>> orphans = new EnumMap<>(OrphanKind.class);
    Set<String> led = led();
    if (all.isPresent() && whole) {
      orphans.put(OrphanKind.TARGET_GROUP_WITHOUT_RULE, groupsWithoutRule(led));
    }
    all.ifPresent(
        services ->
            orphans.put(OrphanKind.SERVICE_WITHOUT_RULE, servicesWithoutRule(services, led)));
    if (all.isPresent() && view.hasAllRules() && join.hasAllNames()) {
      if (whole) {
        rules(OrphanKind.RULE_WITHOUT_SERVICE, environments, this::isWithoutService)
            .ifPresent(found -> orphans.put(OrphanKind.RULE_WITHOUT_SERVICE, found));
      }
      rules(OrphanKind.RULE_EMPTY_TARGET_GROUP, environments, this::isEmpty)
          .ifPresent(found -> orphans.put(OrphanKind.RULE_EMPTY_TARGET_GROUP, found));
    }
    return orphans;
  }

  /** Rules of which this is so; empty if it is not known of any. */
  private static Optional<List<Orphan>> rules(
      OrphanKind kind, List<Environment> environments, Function<Route, Optional<Boolean>> is) {
    List<Orphan> found = new ArrayList<>();
    for (Environment environment : environments) {
      for (Route route : environment.routes()) {
        Optional<Boolean> known = is.apply(route);
        if (known.isEmpty()) {
          return Optional.empty();
        }
        if (known.get()) {
          found.add(new Orphan(kind, environment.name(), route.resource()));
        }
      }
    }
    return Optional.of(found);
  }

  /** ARNs of target groups that anything leads to, also on load balancers that are not watched. */
  private Set<String> led() {
    Set<String> led = new HashSet<>(view.ruled());
    groups.values().stream()
        .filter(group -> !group.loadBalancers().isEmpty())
        .forEach(group -> led.add(group.arn()));
    return led;
  }

  /** One that a service names is the service's, also if it waits for its next deployment. */
  private List<Orphan> groupsWithoutRule(Set<String> led) {
    return groups.keySet().stream()
        .filter(arn -> !led.contains(arn) && byGroup.of(arn).isEmpty())
        .map(
            arn ->
                new Orphan(
                    OrphanKind.TARGET_GROUP_WITHOUT_RULE,
                    names.ofTags(join.tags(arn)).orElse(""),
                    Dimensions.targetGroup(arn)))
        .toList();
  }

  private List<Orphan> servicesWithoutRule(List<Service> services, Set<String> led) {
    return services.stream()
        .filter(service -> ACTIVE.equals(service.status()))
        .filter(service -> !service.targetGroups().isEmpty() && !isYounger(service))
        .filter(service -> service.targetGroups().stream().noneMatch(led::contains))
        .map(
            service ->
                new Orphan(
                    OrphanKind.SERVICE_WITHOUT_RULE,
                    names.ofTags(tags(service)).orElse(""),
                    "service/" + service.cluster() + "/" + service.name()))
        .toList();
  }

  /** Whether its rule may have been made after the rules were read. */
  private boolean isYounger(Service service) {
    return service.createdAt() != null && service.createdAt().isAfter(view.readAt());
  }

  private List<Map<String, String>> tags(Service service) {
    List<Map<String, String>> tags = new ArrayList<>();
    tags.add(service.tags());
    service.targetGroups().forEach(group -> tags.add(view.tagsOf(group)));
    return tags;
  }

  /** What is healthy serves somebody, whatever ECS knows of it. */
  private Optional<Boolean> isWithoutService(Route route) {
    if (!byGroup.of(route.groups()).isEmpty()
        || !route.groups().stream().allMatch(this::mayBeOfTasks)) {
      return Optional.of(false);
    }
    boolean unknown = false;
    for (String group : route.groups()) {
      Optional<GroupHealth> health = view.healthOf(group, now);
      if (health.isPresent() && health.get().hasHealthy().orElse(true)) {
        return Optional.of(false);
      }
      unknown |= health.isEmpty();
    }
    return unknown ? Optional.empty() : Optional.of(true);
  }

  private boolean mayBeOfTasks(String arn) {
    TargetGroup group = groups.get(arn);
    return group == null
        || group.targetType() == null
        || TYPES_OF_TASKS.contains(group.targetType());
  }

  /** A rule to groups that sleep is not left behind. */
  private Optional<Boolean> isEmpty(Route route) {
    boolean empty = !route.live().isEmpty();
    for (String group : route.live()) {
      Optional<GroupHealth> health = view.healthOf(group, now);
      if (health.isEmpty()) {
        return Optional.empty();
      }
      empty &= health.get().targets().isEmpty();
    }
    return Optional.of(empty && !route.live().stream().allMatch(this::sleeps));
  }

  /** Whether a group is of services that are to have no tasks. */
  private boolean sleeps(String group) {
    List<Service> services = byGroup.of(group);
    return !services.isEmpty()
        && services.stream()
            .allMatch(service -> service.desired() != null && service.desired() == 0);
  }
}
