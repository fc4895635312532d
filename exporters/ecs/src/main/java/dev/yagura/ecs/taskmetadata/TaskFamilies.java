package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** What is said of the task as a whole. */
final class TaskFamilies {
  private static final Family<Boolean> UP =
      Family.gauge(
          "ecs_task_up",
          "Whether the task metadata endpoint answered: 1, or 0 if it did not.",
          up -> up ? 1 : 0);

  private static final List<Family<TaskMetadata>> TASK =
      List.of(
          Family.<TaskMetadata>info(
                  "ecs_task_metadata_info",
                  "The task: Cluster (an ARN or a name, as the endpoint has it), TaskARN, Family,"
                      + " Revision, DesiredStatus, KnownStatus, AvailabilityZone and LaunchType of"
                      + " /task; always 1.")
              .labels(
                  LabelSet.<TaskMetadata>of("cluster", TaskMetadata::cluster)
                      .and("task_arn", TaskMetadata::arn)
                      .and("family", TaskMetadata::family)
                      .and("revision", TaskMetadata::revision)
                      .and("desired_status", TaskMetadata::desiredStatus)
                      .and("known_status", TaskMetadata::knownStatus)
                      .and("availability_zone", TaskMetadata::zone)
                      .and("launch_type", TaskMetadata::launchType)),
          Family.gauge(
              "ecs_task_cpu_limit_vcpus",
              "CPU that all containers together may use, in vCPUs (Limits.CPU of /task); absent"
                  + " without a limit of the task.",
              TaskMetadata::cpuLimit),
          Family.gauge(
              "ecs_task_memory_limit_bytes",
              "Memory that all containers together may use, in bytes (Limits.Memory of /task);"
                  + " absent without a limit of the task.",
              task -> Units.bytes(task.memoryLimitMib())),
          Family.gauge(
              "ecs_task_ephemeral_storage_used_bytes",
              "Ephemeral storage in use, in bytes (EphemeralStorageMetrics.Utilized of /task); on"
                  + " Fargate only.",
              task -> Units.bytes(task.storageUsedMib())),
          Family.gauge(
              "ecs_task_ephemeral_storage_allocated_bytes",
              "Ephemeral storage that the task has, in bytes (EphemeralStorageMetrics.Reserved of"
                  + " /task); on Fargate only.",
              task -> Units.bytes(task.storageReservedMib())),
          Family.gauge(
              "ecs_task_image_pull_start_timestamp_seconds",
              "When the pull of the first image began, as a Unix time in seconds (PullStartedAt of"
                  + " /task).",
              TaskMetadata::pullStarted),
          Family.gauge(
              "ecs_task_image_pull_stop_timestamp_seconds",
              "When the pull of the last image had ended, as a Unix time in seconds (PullStoppedAt"
                  + " of /task).",
              TaskMetadata::pullStopped));

  private static final Family<String> SERVICE =
      Family.<String>info(
              "ecs_task_service_info",
              "The service that the task belongs to (ServiceName of /task, or Group where it is"
                  + " that of a service), always 1; absent for a task that was run by hand.")
          .label("service", service -> service);

  private TaskFamilies() {}

  /** Those that only an answer shows. */
  static List<Family<?>> answered() {
    List<Family<?>> all = new ArrayList<>(TASK);
    all.add(SERVICE);
    return all;
  }

  static Snapshot of(TaskMetadata task) {
    String service = task.service();
    return Snapshot.of(TASK, task)
        .and(Snapshot.of(List.of(SERVICE), service == null ? List.of() : List.of(service)));
  }

  /** The one that is always there. */
  static Family<?> always() {
    return UP;
  }

  static Snapshot of(boolean up) {
    return Snapshot.of(List.of(UP), up);
  }
}
