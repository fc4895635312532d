package dev.yagura.ecs.tasks;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many tasks are how, and whether those of one deployment run the same images. */
final class TaskFamilies {
  private record Kind(
      String service,
      String lastStatus,
      String healthStatus,
      String launchType,
      String capacityProvider,
      String zone) {
    static Kind of(Task task) {
      return new Kind(
          task.service(),
          text(task.lastStatus()),
          text(task.healthStatus()),
          text(task.launchType()),
          text(task.capacityProvider()),
          text(task.zone()));
    }
  }

  private record Count(Kind kind, int tasks) {}

  private record Image(String service, String container) {}

  private record Drift(Image image, int digests) {}

  private static final List<Family<Count>> TASKS =
      Family.labelled(
          LabelSet.<Count>of("service", row -> row.kind().service())
              .and("last_status", row -> row.kind().lastStatus())
              .and("health_status", row -> row.kind().healthStatus())
              .and("launch_type", row -> row.kind().launchType())
              .and("capacity_provider", row -> row.kind().capacityProvider())
              .and("availability_zone", row -> row.kind().zone()),
          List.of(
              Family.gauge(
                  "ecs_tasks",
                  "Tasks that have not stopped, by lastStatus, healthStatus, launchType,"
                      + " capacityProviderName and availabilityZone of DescribeTasks; service is"
                      + " empty for tasks run by hand.",
                  Count::tasks)));

  private static final List<Family<Drift>> DRIFT =
      Family.labelled(
          LabelSet.<Drift>of("service", row -> row.image().service())
              .and("container", row -> row.image().container()),
          List.of(
              Family.gauge(
                  "ecs_service_image_digests",
                  "Different values of imageDigest that a container has among the tasks of one"
                      + " deployment, of the deployment with the most; more than 1 is drift.",
                  Drift::digests)));

  private TaskFamilies() {}

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(TASKS);
    all.addAll(DRIFT);
    return all;
  }

  static Snapshot of(List<Task> tasks) {
    return Snapshot.of(TASKS, counts(tasks)).and(Snapshot.of(DRIFT, drifts(tasks)));
  }

  private static List<Count> counts(List<Task> tasks) {
    Map<Kind, Integer> counts = new HashMap<>();
    tasks.forEach(task -> counts.merge(Kind.of(task), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(entry -> new Count(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<Drift> drifts(List<Task> tasks) {
    Map<Image, Map<String, Set<String>>> digests = new HashMap<>();
    for (Task task : tasks) {
      String deployment = task.startedBy();
      if (task.service().isEmpty() || deployment == null) {
        continue; // Tasks that were run by hand have nothing in common.
      }
      for (Container container : task.containers()) {
        if (container.imageDigest() != null) {
          digests
              .computeIfAbsent(new Image(task.service(), container.name()), made -> new TreeMap<>())
              .computeIfAbsent(deployment, made -> new HashSet<>())
              .add(container.imageDigest());
        }
      }
    }
    return digests.entrySet().stream()
        .map(
            entry ->
                new Drift(
                    entry.getKey(),
                    entry.getValue().values().stream().mapToInt(Set::size).max().orElse(0)))
        .toList();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
