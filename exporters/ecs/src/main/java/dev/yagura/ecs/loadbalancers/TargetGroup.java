package dev.yagura.ecs.loadbalancers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target group, from DescribeTargetGroups.
 *
 * @param protocol null for functions
 * @param loadBalancers ARNs of those whose rules or default actions lead to it
 */
public record TargetGroup(
    String arn,
    String name,
    @Nullable String protocol,
    @Nullable Integer port,
    @Nullable String targetType,
    List<String> loadBalancers) {

  public TargetGroup {
    loadBalancers = List.copyOf(loadBalancers);
  }

  /** As CloudWatch's dimension TargetGroup: {@code targetgroup/name/id}. */
  public String dimension() {
    return Dimensions.targetGroup(arn);
  }

  /** As CloudWatch's dimension LoadBalancer; empty if none leads to it. */
  public String loadBalancer() {
    return loadBalancers.isEmpty() ? "" : Dimensions.loadBalancer(loadBalancers.get(0));
  }
}
