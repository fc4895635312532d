package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.ecs.taskmetadata.TaskMetadata.Container;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code /task} says of each container, whether it runs or has stopped. */
final class ContainerFamilies {
  static final String CONTAINER_NAME = "container_name";

  private static final Family<Container> INFO =
      Family.<Container>info(
              "ecs_container_info",
              "A container of the task: Name, Image, ImageID (the digest of the image's manifest),"
                  + " Type and KnownStatus of Containers in /task; always 1.")
          .labels(
              LabelSet.of(CONTAINER_NAME, Container::name)
                  .and("image", Container::image)
                  .and("image_digest", Container::imageDigest)
                  .and("type", Container::type)
                  .and("known_status", Container::knownStatus));

  private static final List<Family<Container>> VALUES =
      Family.labelled(
          LabelSet.of(CONTAINER_NAME, Container::name),
          List.of(
              Family.gauge(
                  "ecs_container_healthy",
                  "Whether the container passes its health check: 1 for HEALTHY, 0 for UNHEALTHY"
                      + " (Health.status of Containers in /task); absent without a health check,"
                      + " and while it has no verdict.",
                  container -> healthy(container.health())),
              Family.gauge(
                  "ecs_container_exit_code",
                  "What the container exited with (ExitCode of Containers in /task); absent while"
                      + " it runs.",
                  Container::exitCode),
              Family.counter(
                  "ecs_container_restarts_total",
                  "How often the container was restarted in this task (RestartCount of Containers"
                      + " in /task); absent without a restart policy.",
                  Container::restarts),
              Family.gauge(
                  "ecs_container_memory_limit_bytes",
                  "Memory that the container may use, in bytes: its own limit, or the task's where"
                      + " it has none (Limits.Memory of /task).",
                  container -> Units.bytes(container.memoryLimitMib())),
              Family.gauge(
                  "ecs_container_start_timestamp_seconds",
                  "When the container was started last, as a Unix time in seconds (StartedAt of"
                      + " Containers in /task).",
                  Container::started),
              Family.gauge(
                  "ecs_container_finish_timestamp_seconds",
                  "When the container stopped, as a Unix time in seconds (FinishedAt of Containers"
                      + " in /task); absent while it runs.",
                  Container::finished)));

  private static final List<Family<Container>> ALL = all();

  private ContainerFamilies() {}

  private static List<Family<Container>> all() {
    List<Family<Container>> all = new ArrayList<>(List.of(INFO));
    all.addAll(VALUES);
    return List.copyOf(all);
  }

  private static @Nullable Number healthy(@Nullable String health) {
    if (health == null) {
      return null;
    }
    return switch (health) {
      case "HEALTHY" -> 1;
      case "UNHEALTHY" -> 0;
      default -> null;
    };
  }

  static List<Family<?>> families() {
    return List.copyOf(ALL);
  }

  static Snapshot of(List<Container> containers) {
    return Snapshot.of(ALL, containers);
  }
}
