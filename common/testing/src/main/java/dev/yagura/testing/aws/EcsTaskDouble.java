package dev.yagura.testing.aws;

import dev.yagura.testing.aws.EcsTaskDefinitions.Definition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task, which a test leads through its life; every step gives it another version. */
public final class EcsTaskDouble {
  private final EcsClusterDouble cluster;
  private final @Nullable EcsDeployment deployment;
  private final String arn;
  private final Definition definition;
  private final EcsTaskNetwork network;
  private final Fields fields = new Fields();
  private final Map<String, Fields> containers = new LinkedHashMap<>();
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
    EcsIds ids = cluster.ecs().ids();
    this.cluster = cluster;
    this.deployment = deployment;
    this.definition = definition;
    arn = cluster.scope().arn("ecs", "task/" + cluster.name() + "/" + id);
    network = new EcsTaskNetwork(definition, ids.dashed(), number);
    updatedAt = cluster.now();
    for (EcsContainer container : definition.containers()) {
      containers.put(container.name(), container(container, id, ids));
    }
    boolean fargate = definition.networkMode().equals("awsvpc");
    fields
        .set("taskArn", arn)
        .set("clusterArn", cluster.arn())
        .set("taskDefinitionArn", definition.arn())
        .set("group", group)
        .set("lastStatus", "PROVISIONING")
        .set("desiredStatus", "RUNNING")
        .set("healthStatus", "UNKNOWN")
        .set("launchType", fargate ? "FARGATE" : "EC2")
        .set("availabilityZone", cluster.scope().region() + "a")
        .set("cpu", definition.fields().text("cpu"))
        .set("memory", definition.fields().text("memory"))
        .set("enableExecuteCommand", false)
        .set("createdAt", updatedAt)
        .set("version", ++version)
        .list("attachments", "member", network.attachments())
        .list("containers", "member", new ArrayList<>(containers.values()));
    if (fargate) {
      fields.set("platformVersion", "1.4.0").set("platformFamily", "Linux");
    }
    if (deployment != null) {
      fields.set("startedBy", deployment.id());
    }
  }

  private Fields container(EcsContainer container, String id, EcsIds ids) {
    String path = cluster.name() + "/" + id + "/" + ids.dashed();
    return new Fields()
        .set("containerArn", cluster.scope().arn("ecs", "container/" + path))
        .set("taskArn", arn)
        .set("name", container.name())
        .set("image", container.image())
        .set("lastStatus", "PENDING")
        .set("healthStatus", "UNKNOWN")
        .set("cpu", "0")
        .list("networkInterfaces", "member", List.of())
        .list("networkBindings", "member", List.of());
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
    Fields found = containers.get(name);
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
      network.detail("privateIPv4Address", address, containers);
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
    network.attach(containers);
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
    if (!has("pullStartedAt")) {
      pull(now);
    }
    fields.set("pullStoppedAt", now);
    definition
        .containers()
        .forEach(each -> container(each.name()).set("imageDigest", EcsIds.digest(each.image())));
  }

  /** It runs; what was left out before it, came now. */
  public EcsTaskDouble running() {
    return step(
        now -> {
          if (!has("pullStoppedAt")) {
            arrive(now);
          }
          network.bind(containers);
          fields.set("lastStatus", "RUNNING").set("startedAt", now);
          containers
              .values()
              .forEach(
                  each ->
                      each.set("lastStatus", "RUNNING")
                          .set("runtimeId", cluster.ecs().ids().hex() + "-" + each.text("name")));
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
    containers.values().forEach(each -> each.set("healthStatus", status));
  }

  /** It is told to stop, for a reason such as {@code UserInitiated} and in these words. */
  public EcsTaskDouble stopping(String stopCode, String reason) {
    return step(now -> stop(now, stopCode, reason));
  }

  private void stop(Instant now, String code, String reason) {
    fields
        .set("desiredStatus", "STOPPED")
        .set("lastStatus", has("startedAt") ? "DEACTIVATING" : "DEPROVISIONING")
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
          containers.values().forEach(each -> each.set("exitCode", exitCode));
        });
  }

  private void end(Instant now) {
    if (!has("stoppingAt")) {
      if (has("startedAt")) {
        stop(now, "EssentialContainerExited", "Essential container in task exited");
      } else {
        stop(now, "TaskFailedToStart", "Task failed to start");
      }
    }
    if (has("startedAt")) {
      fields.set("executionStoppedAt", now);
    }
    fields.set("lastStatus", "STOPPED").set("stoppedAt", now);
    containers.values().forEach(each -> each.set("lastStatus", "STOPPED"));
    network.detach();
    if (!stopped) {
      stopped = true;
      cluster.ended(this, now);
      if (deployment != null && !has("startedAt")) {
        deployment.failed();
      }
    }
  }

  private boolean has(String field) {
    return fields.text(field) != null;
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
