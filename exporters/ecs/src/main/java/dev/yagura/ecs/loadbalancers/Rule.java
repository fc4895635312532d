package dev.yagura.ecs.loadbalancers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a listener, from DescribeRules.
 *
 * @param priority the smaller one is asked first; null for the default rule
 * @param hosts of its host-header condition, as {@link #host} writes them; wildcards are kept
 * @param onlyHosts whether it asks for nothing but these hosts
 * @param forwards to target groups; empty if it redirects or answers by itself
 */
public record Rule(
    String arn,
    @Nullable Integer priority,
    List<String> hosts,
    boolean onlyHosts,
    List<Forward> forwards) {

  /** A target group that gets a share of the requests; one of weight zero gets none. */
  public record Forward(String targetGroup, int weight) {}

  public Rule {
    hosts = List.copyOf(hosts);
    forwards = List.copyOf(forwards);
  }

  /** A host as it is compared: in lower case, without a dot at its end. */
  public static String host(String written) {
    String host = written.toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Whether it takes what no other rule takes. */
  public boolean isDefault() {
    return priority == null;
  }
}
