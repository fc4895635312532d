package dev.yagura.testing.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster with its services, tasks and container instances. */
public final class EcsClusterDouble {
  /** How long stopped tasks are shown. */
  private static final Duration AFTERLIFE = Duration.ofHours(1);

  private record Ended(EcsTaskDouble task, Instant at) {}

  private final EcsDouble ecs;
  private final Scope scope;
  private final String name;
  private final String arn;
  private final Fields fields = new Fields();
  private final EcsTags tags = new EcsTags();
  private final Map<String, EcsServiceDouble> services = new LinkedHashMap<>();
  private final Map<String, EcsTaskDouble> tasks = new LinkedHashMap<>();
  private final Deque<Ended> ended = new ArrayDeque<>();
  private final Map<String, Fields> instances = new LinkedHashMap<>();
  private int started;

  EcsClusterDouble(EcsDouble ecs, Scope scope, String name) {
    this.ecs = ecs;
    this.scope = scope;
    this.name = name;
    arn = scope.arn("ecs", "cluster/" + name);
    fields.set("clusterArn", arn).set("clusterName", name).set("status", "ACTIVE");
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its ARN. */
  public String arn() {
    return arn;
  }

  /** What ECS says of it, to be changed. */
  public Fields fields() {
    return fields;
  }

  /** Adds a tag. */
  public EcsClusterDouble tag(String key, String value) {
    synchronized (ecs) {
      tags.put(fields, key, value);
    }
    return this;
  }

  /** The service of this name, made if there is none; it is to be deployed. */
  public EcsServiceDouble service(String service) {
    synchronized (ecs) {
      EcsServiceDouble found = services.get(service);
      if (found == null || !found.isActive()) {
        found = new EcsServiceDouble(this, service);
        services.put(service, found);
      }
      return found;
    }
  }

  /** Starts a task that belongs to no service. */
  public EcsTaskDouble runTask(String taskDefinitionArn, String group) {
    synchronized (ecs) {
      return start(null, taskDefinitionArn, group);
    }
  }

  /** What ECS says of the container instance on this machine, made if there is none. */
  public Fields instance(String ec2InstanceId) {
    synchronized (ecs) {
      return instances.computeIfAbsent(ec2InstanceId, this::register);
    }
  }

  private Fields register(String ec2InstanceId) {
    String id = scope.arn("ecs", "container-instance/" + name + "/" + ecs.ids().hex());
    return new Fields()
        .set("containerInstanceArn", id)
        .set("ec2InstanceId", ec2InstanceId)
        .set("status", "ACTIVE")
        .set("agentConnected", true)
        .set("version", 1)
        .set("versionInfo.agentVersion", "1.90.0")
        .set("registeredAt", now())
        .set("healthStatus.overallStatus", "OK")
        .list("registeredResources", "member", resources())
        .list("remainingResources", "member", resources());
  }

  private static List<Fields> resources() {
    return List.of(resource("CPU", 2048), resource("MEMORY", 3884));
  }

  private static Fields resource(String name, int value) {
    return new Fields().set("name", name).set("type", "INTEGER").set("integerValue", value);
  }

  /** Removes the container instance on this machine. */
  public void removeInstance(String ec2InstanceId) {
    synchronized (ecs) {
      instances.remove(ec2InstanceId);
    }
  }

  /** Deletes it with all that it holds. */
  public void delete() {
    ecs.remove(this);
  }

  EcsDouble ecs() {
    return ecs;
  }

  Scope scope() {
    return scope;
  }

  Instant now() {
    return scope.clock().instant();
  }

  EcsTaskDouble start(@Nullable EcsDeployment deployment, String taskDefinition, String group) {
    String id = ecs.ids().hex();
    EcsTaskDouble task =
        new EcsTaskDouble(this, deployment, id, started++, ecs.definition(taskDefinition), group);
    tasks.put(task.arn(), task);
    return task;
  }

  void ended(EcsTaskDouble task, Instant at) {
    ended.add(new Ended(task, at));
  }

  private void forget() {
    Instant oldest = now().minus(AFTERLIFE);
    while (!ended.isEmpty() && !ended.getFirst().at().isAfter(oldest)) {
      EcsTaskDouble task = ended.removeFirst().task();
      tasks.remove(task.arn());
      services.values().forEach(service -> service.tasks().remove(task));
      if (task.deployment() != null) {
        task.deployment().tasks().remove(task);
      }
    }
  }

  /** By the ARN of a task: all that ECS still shows. */
  Map<String, EcsTaskDouble> tasks() {
    forget();
    return tasks;
  }

  List<EcsServiceDouble> activeServices() {
    return services.values().stream().filter(EcsServiceDouble::isActive).toList();
  }

  /** By name or ARN; null if there is none, or one that was deleted long ago. */
  @Nullable EcsServiceDouble find(String service) {
    forget();
    EcsServiceDouble found = services.get(service.substring(service.lastIndexOf('/') + 1));
    return found == null || found.isForgotten() ? null : found;
  }

  Map<String, Fields> instances() {
    return instances;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("registeredContainerInstancesCount", instances.size());
    json.put("runningTasksCount", EcsDeployment.running(tasks().values()));
    json.put("pendingTasksCount", EcsDeployment.pending(tasks().values()));
    json.put("activeServicesCount", activeServices().size());
    json.putAll(fields.json());
    return json;
  }
}
