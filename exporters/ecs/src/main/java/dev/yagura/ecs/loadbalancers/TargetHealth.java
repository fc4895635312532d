package dev.yagura.ecs.loadbalancers;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a target is, from DescribeTargetHealth, in words of a closed set.
 *
 * @param state one of {@link #STATES}, or {@code other}
 * @param reason why, without {@code Elb.} or {@code Target.}; empty where there is none
 */
public record TargetHealth(String state, String reason) {
  public static final String HEALTHY = "healthy";
  public static final String UNAVAILABLE = "unavailable";

  /** Every state that AWS documents. */
  public static final List<String> STATES =
      List.of(
          HEALTHY, "unhealthy", "unhealthy_draining", "draining", "initial", "unused", UNAVAILABLE);

  private static final String OTHER = "other";

  private static final Set<String> REASONS =
      Set.of(
          "registration_in_progress",
          "initial_health_checking",
          "response_code_mismatch",
          "timeout",
          "failed_health_checks",
          "not_registered",
          "not_in_use",
          "deregistration_in_progress",
          "invalid_state",
          "ip_unusable",
          "health_check_disabled",
          "internal_error");

  /** Reads the words of AWS: {@code unhealthy.draining}, {@code Target.FailedHealthChecks}. */
  public static TargetHealth of(@Nullable String state, @Nullable String reason) {
    String known = state == null ? "" : state.toLowerCase(Locale.ROOT).replace('.', '_');
    String word = STATES.contains(known) ? known : OTHER;
    return new TargetHealth(word, word.equals(HEALTHY) ? "" : reasonOf(reason));
  }

  private static String reasonOf(@Nullable String reason) {
    if (reason == null || reason.isEmpty()) {
      return "";
    }
    String name = reason.substring(reason.indexOf('.') + 1);
    String snake = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    return REASONS.contains(snake) ? snake : OTHER;
  }

  public boolean isHealthy() {
    return state.equals(HEALTHY);
  }
}
