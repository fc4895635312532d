package dev.yagura.ecs.taskmetadata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /task}.
 *
 * @param cpuLimit in vCPUs
 * @param memoryLimitMib shared by those containers that have none of their own
 * @param storageUsedMib of the ephemeral storage; on Fargate only
 * @param pullStarted a Unix time in seconds
 * @param pullStopped a Unix time in seconds
 * @param service null for a task that was run by hand
 */
record TaskMetadata(
    @Nullable String cluster,
    String arn,
    @Nullable String family,
    @Nullable String revision,
    @Nullable String desiredStatus,
    @Nullable String knownStatus,
    @Nullable String zone,
    @Nullable String launchType,
    @Nullable Number cpuLimit,
    @Nullable Number memoryLimitMib,
    @Nullable Number storageUsedMib,
    @Nullable Number storageReservedMib,
    @Nullable Double pullStarted,
    @Nullable Double pullStopped,
    @Nullable String service,
    List<Container> containers) {
  private static final String SERVICE = "service:";

  /**
   * A container, also one that has stopped.
   *
   * @param id by which {@code /task/stats} knows it
   * @param imageDigest of the image's manifest
   * @param type NORMAL, or what the agent started for itself
   * @param health HEALTHY, UNHEALTHY or UNKNOWN; null without a health check
   * @param restarts null without a restart policy
   * @param memoryLimitMib of its own, or else the task's
   * @param started a Unix time in seconds
   * @param finished a Unix time in seconds
   * @param sharesNetwork whether the task has one network for all of its containers
   */
  record Container(
      String id,
      String name,
      @Nullable String image,
      @Nullable String imageDigest,
      @Nullable String type,
      @Nullable String knownStatus,
      @Nullable String health,
      @Nullable Number exitCode,
      @Nullable Number restarts,
      @Nullable Number memoryLimitMib,
      @Nullable Double started,
      @Nullable Double finished,
      boolean sharesNetwork) {}

  TaskMetadata {
    containers = List.copyOf(containers);
  }

  /**
   * Reads the answer.
   *
   * @throws ScrapeException if it is none about a task
   */
  static TaskMetadata of(JsonNode task) throws ScrapeException {
    String arn = Fields.text(task, "TaskARN");
    if (arn == null) {
      throw new ScrapeException(FailureReason.INVALID, "/task answered no TaskARN");
    }
    JsonNode limits = task.path("Limits");
    JsonNode storage = task.path("EphemeralStorageMetrics");
    // Managed Instances write a limit that is not set as zero.
    Number memoryLimit = Fields.positive(limits, "Memory");
    List<Container> containers = new ArrayList<>();
    for (JsonNode container : task.path("Containers")) {
      String id = Fields.text(container, "DockerId");
      String name = Fields.text(container, "Name");
      if (name != null) {
        containers.add(container(id == null ? "" : id, name, container, memoryLimit));
      }
    }
    return new TaskMetadata(
        Fields.text(task, "Cluster"),
        arn,
        Fields.text(task, "Family"),
        Fields.text(task, "Revision"),
        Fields.text(task, "DesiredStatus"),
        Fields.text(task, "KnownStatus"),
        Fields.text(task, "AvailabilityZone"),
        Fields.text(task, "LaunchType"),
        Fields.positive(limits, "CPU"),
        memoryLimit,
        Fields.number(storage, "Utilized"),
        Fields.number(storage, "Reserved"),
        Fields.seconds(task, "PullStartedAt"),
        Fields.seconds(task, "PullStoppedAt"),
        service(task),
        containers);
  }

  private static Container container(
      String id, String name, JsonNode container, @Nullable Number taskMemoryLimit) {
    Number memoryLimit = Fields.positive(container.path("Limits"), "Memory");
    return new Container(
        id,
        name,
        Fields.text(container, "Image"),
        Fields.text(container, "ImageID"),
        Fields.text(container, "Type"),
        Fields.text(container, "KnownStatus"),
        Fields.text(container.path("Health"), "status"),
        Fields.number(container, "ExitCode"),
        Fields.number(container, "RestartCount"),
        memoryLimit == null ? taskMemoryLimit : memoryLimit,
        Fields.seconds(container, "StartedAt"),
        Fields.seconds(container, "FinishedAt"),
        "awsvpc".equals(Fields.text(container.path("Networks").path(0), "NetworkMode")));
  }

  private static @Nullable String service(JsonNode task) {
    String name = Fields.text(task, "ServiceName");
    String group = Fields.text(task, "Group");
    return name == null && group != null && group.startsWith(SERVICE)
        ? group.substring(SERVICE.length())
        : name;
  }
}
