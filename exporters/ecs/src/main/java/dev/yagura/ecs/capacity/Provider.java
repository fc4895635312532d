package dev.yagura.ecs.capacity;

import org.jspecify.annotations.Nullable;

/**
 * A capacity provider, from DescribeCapacityProviders.
 *
 * @param status PROVISIONING, ACTIVE, DEPROVISIONING or INACTIVE
 * @param updateStatus such as UPDATE_COMPLETE; null if nobody ever changed it
 * @param managedScaling ENABLED or DISABLED; null where no Auto Scaling group stands behind it
 * @param targetCapacityPercent of the instances that tasks are to need
 */
record Provider(
    String name,
    @Nullable String status,
    @Nullable String updateStatus,
    @Nullable String managedScaling,
    @Nullable Integer targetCapacityPercent) {
  private static final String ENABLED = "ENABLED";
  private static final double PERCENT = 100;

  /** From 0 to 1; null where ECS does not scale. */
  @Nullable Double targetCapacity() {
    return targetCapacityPercent == null || !ENABLED.equals(managedScaling)
        ? null
        : targetCapacityPercent / PERCENT;
  }
}
