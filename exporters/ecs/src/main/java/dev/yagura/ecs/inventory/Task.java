package dev.yagura.ecs.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as it was at one of its versions, from DescribeTasks or an event.
 *
 * @param cluster its name
 * @param group {@code service:<name>}, or whatever one who ran it by hand chose
 * @param startedBy the deployment's id, for tasks of a service
 * @param version grows with each change
 * @param healthStatus HEALTHY, UNHEALTHY or UNKNOWN
 * @param createdAt the times are AWS' own; null for what has not happened
 * @param stopCode as ECS writes it, also where the SDK does not know it
 * @param privateIp of its own network interface; null in the network modes bridge and host
 * @param containerInstance ARN of what it runs on; null on Fargate
 */
public record Task(
    String arn,
    String cluster,
    TaskDefinitionName taskDefinition,
    @Nullable String group,
    @Nullable String startedBy,
    long version,
    @Nullable String lastStatus,
    @Nullable String desiredStatus,
    @Nullable String healthStatus,
    @Nullable String launchType,
    @Nullable String capacityProvider,
    @Nullable String zone,
    @Nullable Instant createdAt,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppingAt,
    @Nullable Instant stoppedAt,
    @Nullable String stopCode,
    @Nullable String stoppedReason,
    List<Container> containers,
    @Nullable String privateIp,
    @Nullable String containerInstance,
    Map<String, String> tags) {
  private static final String SERVICE = "service:";
  private static final String STOPPED = "STOPPED";

  public Task {
    containers = List.copyOf(containers);
    tags = Map.copyOf(tags);
  }

  /** The service that it belongs to; empty for one that was run by hand. */
  public String service() {
    return group != null && group.startsWith(SERVICE) ? group.substring(SERVICE.length()) : "";
  }

  /** Whether it has stopped, and not only is to. */
  public boolean hasStopped() {
    return STOPPED.equals(lastStatus);
  }

  /** Whether its containers pass their health checks. */
  public boolean isHealthy() {
    return "HEALTHY".equals(healthStatus);
  }
}
