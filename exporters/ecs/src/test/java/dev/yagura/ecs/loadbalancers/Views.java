package dev.yagura.ecs.loadbalancers;

import dev.yagura.ecs.loadbalancers.Rule.Forward;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes views: one listener {@code https:443} a load balancer, resources by their names. */
public final class Views {
  /** When everything was read. */
  public static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");

  private static final String ARN = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:";

  private final Map<String, List<Rule>> rules = new HashMap<>();
  private final List<TargetGroup> groups = new ArrayList<>();
  private final Map<String, GroupHealth> health = new HashMap<>();
  private final Map<String, Map<String, String>> tags = new HashMap<>();
  private final Map<String, Integer> limits = new HashMap<>();
  private final Set<String> withoutTags = new HashSet<>();
  private final Set<String> unread = new HashSet<>();

  public static Views of() {
    return new Views();
  }

  public static String loadBalancer(String name) {
    return ARN + "loadbalancer/app/" + name + "/50dc6c495c0c9188";
  }

  public static String group(String name) {
    return ARN + "targetgroup/" + name + "/73e2d6bc24d8a067";
  }

  public static String rule(String loadBalancer, @Nullable Integer priority) {
    return ARN + "listener-rule/app/" + loadBalancer + "/50dc6c495c0c9188/f2f7/" + priority;
  }

  /** A rule that asks for these hosts alone. */
  public static Rule hosts(@Nullable Integer priority, String... hosts) {
    return new Rule(rule("web", priority), priority, List.of(hosts), true, List.of());
  }

  /** A rule of a load balancer that sends all requests for a host to a target group. */
  public Views route(String loadBalancer, Integer priority, String host, String group) {
    return route(loadBalancer, priority, List.of(host), new Forward(group(group), 1));
  }

  /** A rule of a load balancer. */
  public Views route(
      String loadBalancer, @Nullable Integer priority, List<String> hosts, Forward... forwards) {
    rules
        .computeIfAbsent(loadBalancer, made -> new ArrayList<>())
        .add(new Rule(rule(loadBalancer, priority), priority, hosts, true, List.of(forwards)));
    return this;
  }

  /** A load balancer of which nothing is known but that it is there. */
  public Views unread(String loadBalancer) {
    rules.put(loadBalancer, List.of());
    unread.add(loadBalancer(loadBalancer));
    return this;
  }

  /** A target group of tasks that these load balancers lead to. */
  public Views targets(String group, String... loadBalancers) {
    return targetsOfType("ip", group, loadBalancers);
  }

  /** A target group that these load balancers lead to. */
  public Views targetsOfType(String type, String group, String... loadBalancers) {
    groups.add(
        new TargetGroup(
            group(group),
            group,
            "HTTP",
            8080,
            type,
            Stream.of(loadBalancers).map(Views::loadBalancer).toList()));
    return this;
  }

  /** The targets of a group, read now. */
  public Views health(String group, String... states) {
    return health(group, Duration.ZERO, states);
  }

  /** The targets of a group, read this long ago. */
  public Views health(String group, Duration age, String... states) {
    health.put(
        group(group),
        new GroupHealth(
            Stream.of(states).map(state -> TargetHealth.of(state, null)).toList(),
            NOW.minus(age),
            Duration.ofMinutes(10)));
    return this;
  }

  public Views tag(String arn, String key, String value) {
    tags.put(arn, Map.of(key, value));
    return this;
  }

  /** A rule or target group whose tags were not read. */
  public Views untagged(String arn) {
    withoutTags.add(arn);
    return this;
  }

  public Views limit(String name, int most) {
    limits.put(name, most);
    return this;
  }

  /** Where those who join it find it. */
  public LatestLoadBalancing latest() {
    var latest = new LatestLoadBalancing();
    latest.replace(view());
    return latest;
  }

  public LoadBalancing view() {
    List<LoadBalancer> watched = new ArrayList<>();
    List<Listener> listeners = new ArrayList<>();
    rules.forEach(
        (name, its) -> {
          String arn = loadBalancer(name);
          watched.add(new LoadBalancer(arn, name, "application", "internal", "active"));
          if (!unread.contains(arn)) {
            listeners.add(new Listener(arn + "/f2f7", arn, "HTTPS", 443, its));
          }
        });
    Map<String, Map<String, String>> read = new HashMap<>(tags);
    groups.forEach(group -> read.putIfAbsent(group.arn(), Map.of()));
    for (Rule rule : rules.values().stream().flatMap(List::stream).toList()) {
      read.putIfAbsent(rule.arn(), Map.of());
      rule.forwards().forEach(forward -> read.putIfAbsent(forward.targetGroup(), Map.of()));
    }
    read.keySet().removeAll(withoutTags);
    return new LoadBalancing(
        NOW, watched.size(), watched, listeners, unread, groups, read, limits, health);
  }
}
