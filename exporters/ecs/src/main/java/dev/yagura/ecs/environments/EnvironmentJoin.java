package dev.yagura.ecs.environments;

import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.Listener;
import dev.yagura.ecs.loadbalancers.LoadBalancer;
import dev.yagura.ecs.loadbalancers.LoadBalancing;
import dev.yagura.ecs.loadbalancers.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Finds the environments. A rule that leads to no target group makes none: it redirects to one, or
 * says that there is none.
 */
final class EnvironmentJoin {
  private final LoadBalancing view;
  private final ServicesByGroup services;
  private final boolean hasAllServices;
  private final EnvironmentsConfig config;

  /**
   * Joins what is known.
   *
   * @param hasAllServices whether a service that is not among these does not exist
   */
  EnvironmentJoin(
      LoadBalancing view,
      ServicesByGroup services,
      boolean hasAllServices,
      EnvironmentsConfig config) {
    this.view = view;
    this.services = services;
    this.hasAllServices = hasAllServices;
    this.config = config;
  }

  /** By name. */
  List<Environment> environments() {
    Map<String, List<Route>> routes = new TreeMap<>();
    forEachRule(
        (listener, rule) ->
            hostsByName(rule)
                .forEach(
                    (name, hosts) ->
                        routes
                            .computeIfAbsent(name, made -> new ArrayList<>())
                            .add(new Route(List.copyOf(hosts), listener, rule))));
    boolean hasAllRoutes = hasAllTags() && hasAllRules();
    List<Environment> all = new ArrayList<>();
    routes.forEach((name, its) -> all.add(environment(name, its, hasAllRoutes)));
    return all;
  }

  /** Those that may lead to an environment. */
  private void forEachRule(BiConsumer<Listener, Rule> use) {
    Set<String> loadBalancers = loadBalancers();
    for (Listener listener : view.listeners()) {
      if (loadBalancers.contains(listener.loadBalancer())) {
        listener.rules().stream()
            .filter(rule -> !rule.isDefault() && !rule.forwards().isEmpty())
            .forEach(rule -> use.accept(listener, rule));
      }
    }
  }

  /** Whether the rules of every load balancer that leads to environments are known. */
  private boolean hasAllRules() {
    return Collections.disjoint(loadBalancers(), view.withoutRules());
  }

  /** Whether no rule is without a name because something was not read that may tell it. */
  boolean hasAllNames() {
    return hasAllTags() && (hasAllServices || nameless().isEmpty());
  }

  private boolean hasAllTags() {
    return nameless().stream().allMatch(this::hasTags);
  }

  private boolean hasTags(Rule rule) {
    return view.hasTagsOf(rule.arn())
        && rule.forwards().stream().allMatch(forward -> view.hasTagsOf(forward.targetGroup()));
  }

  /** Rules that a tag may name, but none does that is known. */
  private List<Rule> nameless() {
    List<Rule> nameless = new ArrayList<>();
    if (config.needsTags()) {
      forEachRule(
          (listener, rule) -> {
            if (hostsByName(rule).isEmpty()) {
              nameless.add(rule);
            }
          });
    }
    return nameless;
  }

  /** ARNs of those that lead to environments. */
  private Set<String> loadBalancers() {
    return view.watched().stream()
        .filter(
            each ->
                config.loadBalancers().isEmpty()
                    || config.loadBalancers().stream().anyMatch(glob -> glob.matches(each.name())))
        .map(LoadBalancer::arn)
        .collect(Collectors.toSet());
  }

  private Map<String, ? extends Collection<String>> hostsByName(Rule rule) {
    Map<String, ? extends Collection<String>> byHost = config.names().ofHosts(rule.hosts());
    if (!byHost.isEmpty()) {
      return byHost;
    }
    Optional<String> tagged = config.names().ofTags(tags(rule));
    return tagged.isPresent() ? Map.of(tagged.get(), new LinkedHashSet<>(rule.hosts())) : Map.of();
  }

  private List<Map<String, String>> tags(Rule rule) {
    List<Map<String, String>> tags = new ArrayList<>();
    tags.add(view.tagsOf(rule.arn()));
    rule.forwards().forEach(forward -> tags.addAll(tags(forward.targetGroup())));
    return tags;
  }

  /** The tags of a target group, and of its services behind those. */
  List<Map<String, String>> tags(String group) {
    List<Map<String, String>> tags = new ArrayList<>();
    tags.add(view.tagsOf(group));
    services.of(group).forEach(service -> tags.add(service.tags()));
    return tags;
  }

  private Environment environment(String name, List<Route> routes, boolean hasAllRoutes) {
    Set<String> groups = new LinkedHashSet<>();
    routes.forEach(route -> groups.addAll(route.groups()));
    List<Service> its = services.of(groups);
    return new Environment(name, routes, hasAllRoutes, its, hasAllRoutes && hasAllServices);
  }
}
