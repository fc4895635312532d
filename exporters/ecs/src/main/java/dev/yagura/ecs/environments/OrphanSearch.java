package dev.yagura.ecs.environments;

import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.Dimensions;
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
    orphans.put(OrphanKind.TARGET_GROUP_WITHOUT_RULE, groupsWithoutRule(led));
    all.ifPresent(
        services ->
            orphans.put(OrphanKind.SERVICE_WITHOUT_RULE, servicesWithoutRule(services, led)));
    if (all.isPresent() && view.hasAllRules()) {
      if (whole) {
        orphans.put(OrphanKind.RULE_WITHOUT_SERVICE, new ArrayList<>());
      }
      orphans.put(OrphanKind.RULE_EMPTY_TARGET_GROUP, new ArrayList<>());
      for (Environment environment : environments) {
        for (Route route : environment.routes()) {
          if (whole && isWithoutService(route)) {
            add(orphans, OrphanKind.RULE_WITHOUT_SERVICE, environment, route);
          }
          if (isEmpty(route)) {
            add(orphans, OrphanKind.RULE_EMPTY_TARGET_GROUP, environment, route);
          }
        }
      }
    }
    return orphans;
  }

  private static void add(
      Map<OrphanKind, List<Orphan>> orphans,
      OrphanKind kind,
      Environment environment,
      Route route) {
    orphans
        .computeIfAbsent(kind, made -> new ArrayList<>())
        .add(new Orphan(kind, environment.name(), route.resource()));
  }

  /** ARNs of target groups that anything leads to, also on load balancers that are not watched. */
  private Set<String> led() {
    Set<String> led = new HashSet<>(view.ruled());
    groups.values().stream()
        .filter(group -> !group.loadBalancers().isEmpty())
        .forEach(group -> led.add(group.arn()));
    return led;
  }

  private List<Orphan> groupsWithoutRule(Set<String> led) {
    return groups.keySet().stream()
        .filter(arn -> !led.contains(arn))
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

  private boolean isWithoutService(Route route) {
    return byGroup.of(route.groups()).isEmpty()
        && route.groups().stream().allMatch(this::mayBeOfTasks);
  }

  private boolean mayBeOfTasks(String arn) {
    TargetGroup group = groups.get(arn);
    return group == null
        || group.targetType() == null
        || TYPES_OF_TASKS.contains(group.targetType());
  }

  /** A service of no tasks sleeps: its rule is not left behind. */
  private boolean isEmpty(Route route) {
    boolean sleeps =
        byGroup.of(route.groups()).stream()
            .anyMatch(service -> service.desired() != null && service.desired() == 0);
    return !sleeps
        && !route.live().isEmpty()
        && route.live().stream()
            .allMatch(
                arn ->
                    view.healthOf(arn, now)
                        .map(health -> health.targets().isEmpty())
                        .orElse(false));
  }
}
