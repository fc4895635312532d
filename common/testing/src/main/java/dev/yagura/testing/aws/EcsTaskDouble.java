package dev.yagura.testing.aws;

import dev.yagura.testing.aws.EcsTaskDefinitions.Definition;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task, which a test leads through its life; every step gives it another version. */
public final class EcsTaskDouble {
  private final EcsClusterDouble cluster;
  private final @Nullable EcsDeployment deployment;
  private final String arn;
  private final Fields fields = new Fields();
  private final EcsTaskContainers containers;
  private final EcsTags tags = new EcsTags();
  private int version;
  private boolean stopped;
  private Instant updatedAt;

  EcsTaskDouble(
      EcsClusterDouble cluster,
      @Nullable EcsDeployment deployment,
      String id,
      int number,
      Definition definition,
      String group) {
    this.cluster = cluster;
    this.deployment = deployment;
    arn = cluster.scope().arn("ecs", "task/" + cluster.name() + "/" + id);
    containers = new EcsTaskContainers(cluster, definition, arn, number);
    updatedAt = cluster.now();
    fields
        .set("taskArn", arn)
        .set("clusterArn", cluster.arn())
        .set("group", group)
        .set("lastStatus", "PROVISIONING")
        .set("desiredStatus", "RUNNING")
        .set("healthStatus", "UNKNOWN")
        .set("availabilityZone", cluster.scope().region() + "a")
        .set("enableExecuteCommand", false)
        .set("createdAt", updatedAt)
        .set("version", ++version);
    definition.describe(fields);
    containers.describe(fields);
    if (deployment != null) {
      fields.set("startedBy", deployment.id());
    }
  }

  /** Its ARN. */
  public String arn() {
    return arn;
  }

  /** What ECS says of it, to be changed. */
  public Fields fields() {
    return fields;
  }

  /** What ECS says of one of its containers, to be changed. */
  public Fields container(String name) {
    Fields found = containers.find(name);
    if (found == null) {
      throw new IllegalArgumentException(name + " is no container of " + arn);
    }
    return found;
  }

  /** Sets the launch type: FARGATE or EC2. */
  public EcsTaskDouble launchType(String type) {
    fields.set("launchType", type);
    return this;
  }

  /** Sets the capacity provider. */
  public EcsTaskDouble capacityProvider(String name) {
    fields.set("capacityProviderName", name);
    return this;
  }

  /** Sets the zone, such as {@code us-east-1a}. */
  public EcsTaskDouble availabilityZone(String zone) {
    fields.set("availabilityZone", zone);
    return this;
  }

  /** Places it on a container instance, which is made if there is none. */
  public EcsTaskDouble onInstance(String ec2InstanceId) {
    fields.set(
        "containerInstanceArn", cluster.instance(ec2InstanceId).text("containerInstanceArn"));
    return launchType("EC2");
  }

  /** Sets the address of its own network interface. */
  public EcsTaskDouble privateIp(String address) {
    synchronized (cluster.ecs()) {
      containers.privateIp(address);
    }
    return this;
  }

  /** Adds a tag. */
  public EcsTaskDouble tag(String key, String value) {
    synchronized (cluster.ecs()) {
      tags.put(fields, key, value);
    }
    return this;
  }

  /** It has its network and pulls its images. */
  public EcsTaskDouble pulling() {
    return step(this::pull);
  }

  private void pull(Instant now) {
    containers.attach();
    fields
        .set("lastStatus", "PENDING")
        .set("connectivity", "CONNECTED")
        .set("connectivityAt", now)
        .set("pullStartedAt", now);
  }

  /** It has its images. */
  public EcsTaskDouble pulled() {
    return step(this::arrive);
  }

  private void arrive(Instant now) {
    if (!fields.has("pullStartedAt")) {
      pull(now);
    }
    fields.set("pullStoppedAt", now);
    containers.pulled();
  }

  /** It runs; what was left out before it, came now. */
  public EcsTaskDouble running() {
    return step(
        now -> {
          if (!fields.has("pullStoppedAt")) {
            arrive(now);
          }
          containers.running();
          fields.set("lastStatus", "RUNNING").set("startedAt", now);
          if (deployment != null) {
            deployment.started();
          }
        });
  }

  /** Its health checks pass. */
  public EcsTaskDouble healthy() {
    return step(now -> health("HEALTHY"));
  }

  /** Its health checks fail. */
  public EcsTaskDouble unhealthy() {
    return step(now -> health("UNHEALTHY"));
  }

  private void health(String status) {
    fields.set("healthStatus", status);
    containers.setAll("healthStatus", status);
  }

  /** It is told to stop, for a reason such as {@code UserInitiated} and in these words. */
  public EcsTaskDouble stopping(String stopCode, String reason) {
    return step(now -> stop(now, stopCode, reason));
  }

  private void stop(Instant now, String code, String reason) {
    fields
        .set("desiredStatus", "STOPPED")
        .set("lastStatus", fields.has("startedAt") ? "DEACTIVATING" : "DEPROVISIONING")
        .set("stoppingAt", now)
        .set("stopCode", code)
        .set("stoppedReason", reason);
  }

  /** It is gone, and with it its containers. */
  public EcsTaskDouble stopped() {
    return step(this::end);
  }

  /** Its containers ended with this code, and it with them. */
  public EcsTaskDouble stopped(int exitCode) {
    return step(
        now -> {
          end(now);
          containers.setAll("exitCode", exitCode);
        });
  }

  private void end(Instant now) {
    if (!fields.has("stoppingAt")) {
      if (fields.has("startedAt")) {
        stop(now, "EssentialContainerExited", "Essential container in task exited");
      } else {
        stop(now, "TaskFailedToStart", "Task failed to start");
      }
    }
    if (fields.has("startedAt")) {
      fields.set("executionStoppedAt", now);
    }
    fields.set("lastStatus", "STOPPED").set("stoppedAt", now);
    containers.stopped();
    if (!stopped) {
      stopped = true;
      cluster.ended(this, now);
      if (deployment != null && !fields.has("startedAt")) {
        deployment.failed();
      }
    }
  }

  private EcsTaskDouble step(Consumer<Instant> change) {
    synchronized (cluster.ecs()) {
      updatedAt = cluster.now();
      change.accept(updatedAt);
      fields.set("version", ++version);
    }
    return this;
  }

  /** The event {@code ECS Task State Change} of its present state, as EventBridge writes it. */
  public String event() {
    synchronized (cluster.ecs()) {
      return EcsEvents.ofTask(cluster.scope(), this, updatedAt);
    }
  }

  @Nullable EcsDeployment deployment() {
    return deployment;
  }

  boolean is(String field, String value) {
    return value.equals(fields.text(field));
  }

  boolean isRunning() {
    return is("lastStatus", "RUNNING");
  }

  boolean isPending() {
    return is("desiredStatus", "RUNNING") && !isRunning();
  }
}
