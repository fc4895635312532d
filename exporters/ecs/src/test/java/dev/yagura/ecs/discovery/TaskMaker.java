package dev.yagura.ecs.discovery;

import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinition;
import dev.yagura.ecs.inventory.TaskDefinition.ContainerDefinition;
import dev.yagura.ecs.inventory.TaskDefinitionName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running task of the service web and its definition, as far as discovery looks at them. */
final class TaskMaker {
  static final String HOST = "arn:aws:ecs:eu-central-1:1:container-instance/main/h1";

  private final String id;
  private String cluster = "main";
  private String status = "RUNNING";
  private @Nullable String mode = "awsvpc";
  private @Nullable String ip = "10.0.0.1";
  private @Nullable String host;
  private final Map<String, Map<String, String>> labels = new LinkedHashMap<>();
  private final Map<String, List<Integer>> ports = new HashMap<>();
  private final Map<String, List<Container.Binding>> bindings = new HashMap<>();
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, String> definitionTags = new HashMap<>();

  private TaskMaker(String id) {
    this.id = id;
  }

  static TaskMaker task(String id) {
    return new TaskMaker(id);
  }

  TaskMaker inCluster(String name) {
    cluster = name;
    return this;
  }

  TaskMaker status(String value) {
    status = value;
    return this;
  }

  TaskMaker awsvpc(@Nullable String address) {
    ip = address;
    return this;
  }

  /** On {@link #HOST}, without an interface of its own. */
  TaskMaker onHost(@Nullable String networkMode) {
    mode = networkMode;
    ip = null;
    host = HOST;
    return this;
  }

  TaskMaker label(String container, String name, String value) {
    labels.computeIfAbsent(container, made -> new HashMap<>()).put(name, value);
    return this;
  }

  TaskMaker port(String container, int port) {
    labels.computeIfAbsent(container, made -> new HashMap<>());
    ports.computeIfAbsent(container, made -> new ArrayList<>()).add(port);
    return this;
  }

  TaskMaker bound(String container, int containerPort, int hostPort) {
    bindings
        .computeIfAbsent(container, made -> new ArrayList<>())
        .add(new Container.Binding(containerPort, hostPort));
    return this;
  }

  TaskMaker tag(String key, String value) {
    tags.put(key, value);
    return this;
  }

  TaskMaker definitionTag(String key, String value) {
    definitionTags.put(key, value);
    return this;
  }

  private TaskDefinitionName name() {
    return TaskDefinitionName.of("arn:aws:ecs:eu-central-1:1:task-definition/family-" + id + ":3");
  }

  TaskDefinition definition() {
    return new TaskDefinition(
        name(),
        mode,
        labels.entrySet().stream()
            .map(
                each ->
                    new ContainerDefinition(
                        each.getKey(),
                        each.getKey() + ":1.2",
                        each.getValue(),
                        ports.getOrDefault(each.getKey(), List.of())))
            .toList(),
        definitionTags);
  }

  Task task() {
    return new Task(
        "arn:aws:ecs:eu-central-1:1:task/" + cluster + "/" + id,
        cluster,
        name(),
        "service:web",
        "ecs-svc/1",
        1,
        status,
        "RUNNING",
        "HEALTHY",
        host == null ? "FARGATE" : "EC2",
        null,
        "eu-central-1a",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        labels.keySet().stream()
            .map(
                each ->
                    new Container(
                        each,
                        status,
                        null,
                        null,
                        null,
                        null,
                        bindings.getOrDefault(each, List.of())))
            .toList(),
        ip,
        host,
        tags);
  }
}
