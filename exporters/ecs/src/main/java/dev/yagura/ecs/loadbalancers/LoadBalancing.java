package dev.yagura.ecs.loadbalancers;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the load balancers of an account in a region, for those who join it with
 * something else.
 *
 * @param readAt when it was read what there is, by AWS' clock
 * @param applicationLoadBalancers how many the region has, also those that are not watched
 * @param watched load balancers
 * @param listeners of those whose rules are known
 * @param targetGroups all of the region
 * @param tags by ARN, of rules and target groups, as far as they were read: of one without tags
 *     there are none
 * @param limits by name, as far as AWS tells them
 * @param health by ARN of the target group, however old
 */
public record LoadBalancing(
    Instant readAt,
    int applicationLoadBalancers,
    List<LoadBalancer> watched,
    List<Listener> listeners,
    Set<String> withoutRules,
    List<TargetGroup> targetGroups,
    Map<String, Map<String, String>> tags,
    Map<String, Integer> limits,
    Map<String, GroupHealth> health) {

  public LoadBalancing {
    watched = List.copyOf(watched);
    listeners = List.copyOf(listeners);
    withoutRules = Set.copyOf(withoutRules);
    targetGroups = List.copyOf(targetGroups);
    tags = Map.copyOf(tags);
    limits = Map.copyOf(limits);
    health = Map.copyOf(health);
  }

  /** The same load balancers with newer health. */
  LoadBalancing with(Map<String, GroupHealth> newer) {
    return new LoadBalancing(
        readAt,
        applicationLoadBalancers,
        watched,
        listeners,
        withoutRules,
        targetGroups,
        tags,
        limits,
        newer);
  }

  /** Whether the rules of every watched load balancer are known. */
  public boolean hasAllRules() {
    return withoutRules.isEmpty();
  }

  /** The targets of a group; empty if they were not read, or too long ago. */
  public Optional<GroupHealth> healthOf(String targetGroup, Instant now) {
    return Optional.ofNullable(health.get(targetGroup)).filter(known -> known.isKnownAt(now));
  }

  /** The tags of a rule or target group; empty if it has none, or they were not read. */
  public Map<String, String> tagsOf(String arn) {
    return tags.getOrDefault(arn, Map.of());
  }

  /** Whether the tags of a rule or target group were read. */
  public boolean hasTagsOf(String arn) {
    return tags.containsKey(arn);
  }

  /** Target groups that a rule of a watched load balancer leads to, the default rule included. */
  public Set<String> ruled() {
    Set<String> groups = new HashSet<>();
    for (Listener listener : listeners) {
      for (Rule rule : listener.rules()) {
        rule.forwards().forEach(forward -> groups.add(forward.targetGroup()));
      }
    }
    return groups;
  }

  /** Target groups of watched load balancers, and those of none. */
  public List<TargetGroup> ours() {
    Set<String> arns = new HashSet<>();
    watched.forEach(each -> arns.add(each.arn()));
    return targetGroups.stream()
        .filter(
            group ->
                group.loadBalancers().isEmpty()
                    || group.loadBalancers().stream().anyMatch(arns::contains))
        .toList();
  }
}
