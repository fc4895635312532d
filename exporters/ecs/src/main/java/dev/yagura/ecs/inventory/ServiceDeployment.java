package dev.yagura.ecs.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How ECS takes a service from one revision to another, from DescribeServiceDeployments.
 *
 * @param status PENDING, IN_PROGRESS, SUCCESSFUL, ROLLBACK_SUCCESSFUL and others
 * @param lifecycleStage of a deployment with hooks or traffic to shift; null without
 * @param circuitBreaker MONITORING, MONITORING_COMPLETE, TRIGGERED or DISABLED; null if not told
 * @param failureCount tasks that failed, as the circuit breaker counts them
 * @param failureThreshold at which it is triggered
 * @param triggeredAlarms names of alarms that want it to end
 */
public record ServiceDeployment(
    String arn,
    @Nullable String status,
    @Nullable String lifecycleStage,
    @Nullable String circuitBreaker,
    @Nullable Integer failureCount,
    @Nullable Integer failureThreshold,
    List<String> triggeredAlarms) {

  public ServiceDeployment {
    triggeredAlarms = List.copyOf(triggeredAlarms);
  }

  /** Whether it goes on. */
  public boolean isUnderWay() {
    return status != null
        && switch (status) {
          case "SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED" -> false;
          default -> true;
        };
  }
}
