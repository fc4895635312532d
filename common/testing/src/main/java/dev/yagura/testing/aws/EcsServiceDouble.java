package dev.yagura.testing.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service of a cluster. The numbers of its tasks and deployments follow from what it has; a field
 * that a test sets is said instead.
 */
public final class EcsServiceDouble {
  private static final int MOST_EVENTS = 100;

  /** How long a deleted service is described. */
  private static final Duration AFTERLIFE = Duration.ofHours(1);

  private final EcsClusterDouble cluster;
  private final String name;
  private final Fields fields = new Fields();
  private final EcsTags tags = new EcsTags();
  private final EcsDeployments deployments = new EcsDeployments(this);
  private final Set<EcsTaskDouble> tasks = new LinkedHashSet<>();
  private final List<Fields> events = new ArrayList<>();
  private final List<Fields> loadBalancers = new ArrayList<>();
  private int desired = 1;
  private @Nullable Instant deletedAt;

  EcsServiceDouble(EcsClusterDouble cluster, String name) {
    this.cluster = cluster;
    this.name = name;
    fields
        .set("serviceArn", cluster.scope().arn("ecs", "service/" + cluster.name() + "/" + name))
        .set("serviceName", name)
        .set("clusterArn", cluster.arn())
        .set("status", "ACTIVE")
        .set("launchType", "FARGATE")
        .set("schedulingStrategy", "REPLICA")
        .set("deploymentController.type", "ECS")
        .set("deploymentConfiguration.maximumPercent", 200)
        .set("deploymentConfiguration.minimumHealthyPercent", 100)
        .set("deploymentConfiguration.deploymentCircuitBreaker.enable", true)
        .set("deploymentConfiguration.deploymentCircuitBreaker.rollback", true)
        .set("healthCheckGracePeriodSeconds", 0)
        .set("createdAt", cluster.now());
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its ARN. */
  public String arn() {
    return String.valueOf(fields.text("serviceArn"));
  }

  /** What ECS says of it, to be changed; what is set here is said instead of what is counted. */
  public Fields fields() {
    return fields;
  }

  /** Sets how many tasks it is to have. */
  public EcsServiceDouble desired(int tasks) {
    synchronized (cluster.ecs()) {
      desired = tasks;
    }
    return this;
  }

  /** Begins to replace what it runs by this task definition. */
  public EcsServiceDouble deploy(String taskDefinitionArn) {
    synchronized (cluster.ecs()) {
      deployments.deploy(cluster.ecs().definition(taskDefinitionArn));
    }
    return this;
  }

  /** The deployment is completed, and with it the rollback if it is one. */
  public EcsServiceDouble completeDeployment() {
    synchronized (cluster.ecs()) {
      deployments.complete();
    }
    return this;
  }

  /** The deployment fails; what it replaces stays until {@link #rollBack()}. */
  public EcsServiceDouble failDeployment(String reason) {
    synchronized (cluster.ecs()) {
      deployments.fail(reason);
    }
    return this;
  }

  /** Begins a deployment of what was completed before. */
  public EcsServiceDouble rollBack() {
    synchronized (cluster.ecs()) {
      deployments.rollBack();
    }
    return this;
  }

  /** What ECS says of the primary deployment, to be changed. */
  public Fields deployment() {
    synchronized (cluster.ecs()) {
      return deployments.primary().fields();
    }
  }

  /** What ECS says of the latest service deployment, to be changed. */
  public Fields serviceDeployment() {
    synchronized (cluster.ecs()) {
      return deployments.current().fields();
    }
  }

  /** Starts a task of the primary deployment. */
  public EcsTaskDouble startTask() {
    synchronized (cluster.ecs()) {
      EcsDeployment primary = deployments.primary();
      EcsTaskDouble task = cluster.start(primary, primary.taskDefinition(), "service:" + name);
      tasks.add(task);
      primary.tasks().add(task);
      return task;
    }
  }

  /** Says that something happened now. */
  public EcsServiceDouble event(String message) {
    synchronized (cluster.ecs()) {
      events.add(
          0,
          new Fields()
              .set("id", cluster.ecs().ids().dashed())
              .set("createdAt", cluster.now())
              .set("message", "(service " + name + ") " + message));
      if (events.size() > MOST_EVENTS) {
        events.remove(MOST_EVENTS);
      }
    }
    return this;
  }

  /** Sends it the requests of a target group. */
  public EcsServiceDouble targetGroup(String targetGroupArn, String container, int port) {
    synchronized (cluster.ecs()) {
      loadBalancers.add(
          new Fields()
              .set("targetGroupArn", targetGroupArn)
              .set("containerName", container)
              .set("containerPort", port));
    }
    return this;
  }

  /** Adds a tag. */
  public EcsServiceDouble tag(String key, String value) {
    synchronized (cluster.ecs()) {
      tags.put(fields, key, value);
    }
    return this;
  }

  /** Deletes it: it is listed no more, and described as inactive for an hour. */
  public void delete() {
    synchronized (cluster.ecs()) {
      deletedAt = cluster.now();
      desired = 0;
      fields.set("status", "INACTIVE");
    }
  }

  /**
   * The event {@code ECS Service Action}, as EventBridge writes it.
   *
   * @param type INFO, WARN or ERROR
   * @param event such as SERVICE_STEADY_STATE
   * @param reason such as RESOURCE:FARGATE, null for none
   */
  public String actionEvent(String type, String event, @Nullable String reason) {
    return EcsEvents.ofService(
        cluster.scope(),
        this,
        new Fields().set("eventType", type).set("eventName", event).set("reason", reason));
  }

  /** The event {@code ECS Deployment State Change} of the primary deployment. */
  public String deploymentEvent(String type, String event, @Nullable String reason) {
    return EcsEvents.ofDeployment(
        cluster.scope(),
        this,
        new Fields()
            .set("eventType", type)
            .set("eventName", event)
            .set("deploymentId", deployment().text("id"))
            .set("reason", reason));
  }

  EcsClusterDouble cluster() {
    return cluster;
  }

  EcsDeployments deployments() {
    return deployments;
  }

  Set<EcsTaskDouble> tasks() {
    return tasks;
  }

  List<Fields> loadBalancers() {
    return List.copyOf(loadBalancers);
  }

  int desired() {
    return desired;
  }

  boolean isActive() {
    return deletedAt == null;
  }

  boolean isForgotten() {
    return deletedAt != null && !cluster.now().isBefore(deletedAt.plus(AFTERLIFE));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    List<EcsDeployment> present = isActive() ? deployments.present() : List.of();
    json.put("desiredCount", desired);
    json.put("runningCount", EcsDeployment.running(tasks));
    json.put("pendingCount", EcsDeployment.pending(tasks));
    json.put("deployments", present.stream().map(each -> each.json(desired)).toList());
    json.put(
        "currentServiceRevisions",
        present.stream().map(each -> each.revisionJson(desired)).toList());
    json.put("loadBalancers", loadBalancers.stream().map(Fields::json).toList());
    json.put("events", events.stream().map(Fields::json).toList());
    json.putAll(fields.json());
    return json;
  }
}
