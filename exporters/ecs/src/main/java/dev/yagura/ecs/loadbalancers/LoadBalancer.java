package dev.yagura.ecs.loadbalancers;

import org.jspecify.annotations.Nullable;

/**
 * A load balancer, from DescribeLoadBalancers.
 *
 * @param type application, network or gateway
 * @param state active, provisioning, active_impaired or failed
 */
public record LoadBalancer(
    String arn,
    String name,
    @Nullable String type,
    @Nullable String scheme,
    @Nullable String state) {
  private static final String APPLICATION = "application";

  /** Whether its listeners have rules. */
  public boolean isApplication() {
    return APPLICATION.equals(type);
  }

  /** As CloudWatch's dimension LoadBalancer: {@code app/name/id}. */
  public String dimension() {
    return Dimensions.loadBalancer(arn);
  }
}
