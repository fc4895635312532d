package dev.yagura.ecs.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of a service, from DescribeServices.
 *
 * @param id as {@code startedBy} of its tasks, {@code ecs-svc/...}
 * @param status PRIMARY, ACTIVE or INACTIVE
 * @param rolloutState COMPLETED, FAILED or IN_PROGRESS; null where ECS does not roll out
 * @param desired tasks, as of the following
 * @param failedTasks in a row; ECS sets them to zero when one runs
 */
public record Deployment(
    String id,
    String status,
    @Nullable String rolloutState,
    TaskDefinitionName taskDefinition,
    @Nullable Integer desired,
    @Nullable Integer running,
    @Nullable Integer pending,
    @Nullable Integer failedTasks,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt) {
  private static final String PRIMARY = "PRIMARY";
  private static final String COMPLETED = "COMPLETED";

  /** Whether it is the one that the service is to have. */
  public boolean isPrimary() {
    return PRIMARY.equals(status);
  }

  /** Whether nothing is left to do. */
  public boolean isCompleted() {
    return COMPLETED.equals(rolloutState);
  }
}
