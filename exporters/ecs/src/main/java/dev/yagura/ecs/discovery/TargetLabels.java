package dev.yagura.ecs.discovery;

import dev.yagura.core.page.HttpSd;
import dev.yagura.ecs.inventory.Arns;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a target before relabelling; those that Prometheus' own ECS discovery knows as well
 * are called as there. What is not known has none.
 */
final class TargetLabels {
  private static final String META = "__meta_ecs_";

  private final Map<String, String> labels = new HashMap<>();

  private TargetLabels() {}

  static Map<String, String> of(
      Candidate candidate, PortRequest request, String ip, Surroundings where) {
    var made = new TargetLabels();
    made.meta("account", where.account());
    made.meta("region", where.region());
    made.task(candidate.task());
    made.meta("ip_address", ip);
    where.environment().apply(candidate.task()).ifPresent(name -> made.meta("environment", name));
    candidate
        .container(request)
        .ifPresent(
            container -> {
              made.meta("container", container.name());
              made.meta("container_image", container.image());
            });
    TaskDefinition definition = candidate.definition();
    if (definition != null) {
      made.meta("network_mode", definition.networkMode());
      made.tags("tag_definition_", definition.tags());
    }
    made.tags("tag_task_", candidate.task().tags());
    request.path().ifPresent(path -> made.labels.put("__metrics_path__", path));
    request.scheme().ifPresent(scheme -> made.labels.put("__scheme__", scheme));
    request.job().ifPresent(job -> made.labels.put("job", job));
    return made.labels;
  }

  private void task(Task task) {
    meta("cluster", task.cluster());
    meta("service", task.service());
    meta("task_group", task.group());
    meta("task_arn", task.arn());
    meta("task_id", Arns.name(task.arn()));
    meta("task_definition", task.taskDefinition().arn());
    meta("task_family", task.taskDefinition().family());
    meta("task_revision", Integer.toString(task.taskDefinition().revision()));
    meta("availability_zone", task.zone());
    meta("launch_type", task.launchType());
    meta("health_status", task.healthStatus());
    meta("last_status", task.lastStatus());
    meta("desired_status", task.desiredStatus());
    meta("container_instance_arn", task.containerInstance());
  }

  private void meta(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      labels.put(META + name, value);
    }
  }

  /** Of two keys that give one name, the one that is last by its letters. */
  private void tags(String prefix, Map<String, String> tags) {
    new TreeMap<>(tags).forEach((key, value) -> meta(prefix + HttpSd.labelName(key), value));
  }
}
