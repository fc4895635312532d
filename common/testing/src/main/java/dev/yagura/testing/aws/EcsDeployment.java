package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A deployment of a service: its tasks are counted, unless the test says the numbers. */
final class EcsDeployment {
  private final String id;
  private final String taskDefinition;
  private final String revision;
  private final Fields fields = new Fields();
  private final Set<EcsTaskDouble> tasks = new LinkedHashSet<>();
  private int failedTasks;

  EcsDeployment(String id, String taskDefinition, String revision, Instant now) {
    this.id = id;
    this.taskDefinition = taskDefinition;
    this.revision = revision;
    fields
        .set("id", id)
        .set("status", "PRIMARY")
        .set("taskDefinition", taskDefinition)
        .set("launchType", "FARGATE")
        .set("createdAt", now);
    rollout("IN_PROGRESS", "ECS deployment " + id + " in progress.", now);
  }

  String id() {
    return id;
  }

  String taskDefinition() {
    return taskDefinition;
  }

  /** The ARN of what the service is with it. */
  String revision() {
    return revision;
  }

  Fields fields() {
    return fields;
  }

  Set<EcsTaskDouble> tasks() {
    return tasks;
  }

  void rollout(String state, String reason, Instant now) {
    fields.set("rolloutState", state).set("rolloutStateReason", reason).set("updatedAt", now);
  }

  boolean isCompleted() {
    return "COMPLETED".equals(fields.text("rolloutState"));
  }

  /** A task of it came to run: the count of failures begins anew. */
  void started() {
    failedTasks = 0;
  }

  /** A task of it ended before it ran. */
  void failed() {
    failedTasks++;
  }

  int failedTasks() {
    return failedTasks;
  }

  static int running(Collection<EcsTaskDouble> tasks) {
    return (int) tasks.stream().filter(EcsTaskDouble::isRunning).count();
  }

  static int pending(Collection<EcsTaskDouble> tasks) {
    return (int) tasks.stream().filter(EcsTaskDouble::isPending).count();
  }

  /** How many tasks it is to have; one that is replaced has what it has left. */
  private int desired(int ofService) {
    return "PRIMARY".equals(fields.text("status"))
        ? ofService
        : (int) tasks.stream().filter(task -> task.is("desiredStatus", "RUNNING")).count();
  }

  Map<String, Object> json(int desiredOfService) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("desiredCount", desired(desiredOfService));
    json.put("runningCount", running(tasks));
    json.put("pendingCount", pending(tasks));
    json.put("failedTasks", failedTasks);
    json.putAll(fields.json());
    return json;
  }

  /** Its revision with the same numbers under other names. */
  Map<String, Object> revisionJson(int desiredOfService) {
    Map<String, Object> counts = json(desiredOfService);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("arn", revision);
    json.put("requestedTaskCount", counts.get("desiredCount"));
    json.put("runningTaskCount", counts.get("runningCount"));
    json.put("pendingTaskCount", counts.get("pendingCount"));
    return json;
  }
}
