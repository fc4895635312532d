package dev.yagura.ecs.loadbalancers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A listener with its rules, from DescribeListeners and DescribeRules.
 *
 * @param loadBalancer its ARN
 * @param rules the default rule among them
 */
public record Listener(
    String arn,
    String loadBalancer,
    @Nullable String protocol,
    @Nullable Integer port,
    List<Rule> rules) {

  public Listener {
    rules = List.copyOf(rules);
  }

  /** As people call it, once on a load balancer: {@code https:443}. */
  public String name() {
    String scheme = protocol == null ? "" : protocol.toLowerCase(Locale.ROOT);
    return port == null ? scheme : scheme + ":" + port;
  }
}
