package dev.yagura.ecs.loadbalancers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The targets of a group, as one answer of DescribeTargetHealth told them.
 *
 * @param readAt by AWS' clock
 * @param maxAge after which it is no longer known
 */
public record GroupHealth(List<TargetHealth> targets, Instant readAt, Duration maxAge) {

  public GroupHealth {
    targets = List.copyOf(targets);
  }

  /** Whether it is young enough. */
  boolean isKnownAt(Instant now) {
    return Duration.between(readAt, now).compareTo(maxAge) <= 0;
  }

  /** Targets in this state. */
  public long in(String state) {
    return targets.stream().filter(target -> target.state().equals(state)).count();
  }

  /**
   * Whether a target is healthy; empty if none is known to be, and of one AWS does not know, as
   * where health checks are disabled.
   */
  public Optional<Boolean> hasHealthy() {
    if (in(TargetHealth.HEALTHY) > 0) {
      return Optional.of(true);
    }
    return in(TargetHealth.UNAVAILABLE) > 0 ? Optional.empty() : Optional.of(false);
  }
}
