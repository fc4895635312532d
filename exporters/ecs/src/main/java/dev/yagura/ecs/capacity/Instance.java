package dev.yagura.ecs.capacity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A container instance, from DescribeContainerInstances.
 *
 * @param id of the EC2 instance, or of the machine elsewhere that is one
 * @param status REGISTERING, REGISTRATION_FAILED, ACTIVE, INACTIVE, DEREGISTERING or DRAINING
 * @param overallHealth OK, IMPAIRED, INSUFFICIENT_DATA or INITIALIZING
 */
record Instance(
    String id,
    @Nullable String status,
    @Nullable String capacityProvider,
    @Nullable String availabilityZone,
    @Nullable String instanceType,
    @Nullable String agentVersion,
    @Nullable Instant registeredAt,
    @Nullable Boolean agentConnected,
    @Nullable String overallHealth,
    @Nullable Integer runningTasks,
    @Nullable Integer pendingTasks,
    Room registered,
    Room remaining) {
  private static final String ACTIVE = "ACTIVE";
  private static final String OK = "OK";
  private static final String IMPAIRED = "IMPAIRED";

  /** What tasks can have of it: CPU units, 1,024 of which are a vCPU, and MiB of memory. */
  record Room(@Nullable Integer cpuUnits, @Nullable Integer memoryMib) {}

  /** Whether tasks are placed on it; null if it does not say. */
  @Nullable Boolean isActive() {
    return status == null ? null : ACTIVE.equals(status);
  }

  /** Whether it passes its checks; null if that is not known. */
  @Nullable Boolean isHealthy() {
    if (OK.equals(overallHealth)) {
      return true;
    }
    return IMPAIRED.equals(overallHealth) ? false : null;
  }

  /** Whether this one was registered later, where one instance is there twice. */
  boolean isNewerThan(Instance other) {
    return registeredAt != null
        && (other.registeredAt == null || registeredAt.isAfter(other.registeredAt));
  }
}
