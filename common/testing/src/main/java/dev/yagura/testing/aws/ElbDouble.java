package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The application load balancers of an account in a region, and what is behind them. */
public final class ElbDouble implements ServiceDouble {
  private final Scope scope;
  private final Random random = new Random(2);
  private final Map<String, LoadBalancerDouble> loadBalancers = new LinkedHashMap<>();
  private final Map<String, TargetGroupDouble> targetGroups = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
  private final Map<String, Integer> limits = new LinkedHashMap<>();

  ElbDouble(Scope scope) {
    this.scope = scope;
    limits.put("application-load-balancers", 50);
    limits.put("listeners-per-application-load-balancer", 50);
    limits.put("rules-per-application-load-balancer", 100);
    limits.put("target-groups", 3_000);
    limits.put("target-groups-per-action-on-application-load-balancer", 5);
    limits.put("target-groups-per-application-load-balancer", 100);
    limits.put("targets-per-application-load-balancer", 1_000);
    limits.put("targets-per-target-group", 1_000);
    limits.put("target-id-registrations-per-application-load-balancer", 1_000);
    limits.put("condition-values-per-alb-rule", 5);
    limits.put("condition-wildcards-per-alb-rule", 6);
    limits.put("certificates-per-application-load-balancer", 25);
    limits.put("network-load-balancers", 50);
    limits.put("targets-per-network-load-balancer", 3_000);
  }

  /** The load balancer of this name, made if there is none. */
  public synchronized LoadBalancerDouble loadBalancer(String name) {
    return loadBalancers.computeIfAbsent(name, made -> new LoadBalancerDouble(this, made));
  }

  /** The target group of this name, made if there is none. */
  public synchronized TargetGroupDouble targetGroup(String name) {
    return targetGroups.computeIfAbsent(name, made -> new TargetGroupDouble(this, made));
  }

  /** Adds tags to whatever has this ARN. */
  public synchronized void tag(String arn, Map<String, String> more) {
    tags.computeIfAbsent(arn, made -> new LinkedHashMap<>()).putAll(more);
  }

  /** Sets how many of something there may be, such as {@code target-groups}. */
  public synchronized void limit(String name, int max) {
    limits.put(name, max);
  }

  @Override
  public synchronized Answer answer(Call call) {
    return new ElbRequest(call, this).answer();
  }

  Scope scope() {
    return scope;
  }

  /** What ARNs end with. */
  String id() {
    return String.format("%016x", random.nextLong());
  }

  synchronized void remove(LoadBalancerDouble loadBalancer) {
    loadBalancers.remove(loadBalancer.name(), loadBalancer);
  }

  synchronized void remove(TargetGroupDouble group) {
    targetGroups.remove(group.name(), group);
  }

  List<LoadBalancerDouble> loadBalancers() {
    return new ArrayList<>(loadBalancers.values());
  }

  List<TargetGroupDouble> targetGroups() {
    return new ArrayList<>(targetGroups.values());
  }

  Stream<ListenerDouble> listeners() {
    return loadBalancers.values().stream().flatMap(each -> each.listeners().stream());
  }

  Stream<RuleDouble> rules() {
    return listeners().flatMap(each -> each.rules().stream());
  }

  Map<String, Integer> limits() {
    return limits;
  }

  /** The tags of what has this ARN, null if nothing has it. */
  @Nullable Map<String, String> tags(String arn) {
    boolean known =
        Stream.of(
                loadBalancers.values().stream().map(LoadBalancerDouble::arn),
                targetGroups.values().stream().map(TargetGroupDouble::arn),
                listeners().map(ListenerDouble::arn),
                rules().map(RuleDouble::arn))
            .flatMap(arns -> arns)
            .anyMatch(arn::equals);
    return known ? tags.getOrDefault(arn, Map.of()) : null;
  }

  /** Which load balancers have a rule that forwards to it, by the ARN of the target group. */
  Map<String, List<String>> users() {
    Map<String, List<String>> users = new LinkedHashMap<>();
    for (LoadBalancerDouble each : loadBalancers.values()) {
      each.listeners().stream()
          .flatMap(listener -> listener.rules().stream())
          .flatMap(rule -> rule.fields().everywhere("TargetGroupArn").stream())
          .distinct()
          .forEach(
              group -> users.computeIfAbsent(group, made -> new ArrayList<>()).add(each.arn()));
    }
    return users;
  }
}
