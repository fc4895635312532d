package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All deployments of a service, newest first, and what was deployed. */
final class EcsDeployments {
  private final EcsServiceDouble service;
  private final List<EcsDeployment> present = new ArrayList<>();
  private final List<EcsServiceDeployment> history = new ArrayList<>();
  private final Map<String, Fields> revisions = new LinkedHashMap<>();

  EcsDeployments(EcsServiceDouble service) {
    this.service = service;
  }

  private EcsIds ids() {
    return service.cluster().ecs().ids();
  }

  private String path(String kind, String id) {
    String name = service.cluster().name() + "/" + service.name() + "/" + id;
    return service.cluster().scope().arn("ecs", kind + "/" + name);
  }

  EcsDeployment primary() {
    if (present.isEmpty()) {
      throw new IllegalStateException(service.name() + " was never deployed");
    }
    return present.get(0);
  }

  EcsServiceDeployment current() {
    if (history.isEmpty()) {
      throw new IllegalStateException(service.name() + " was never deployed");
    }
    return history.get(0);
  }

  List<EcsDeployment> present() {
    return present;
  }

  void deploy(EcsTaskDefinitions.Definition definition) {
    List<EcsDeployment> sources = List.copyOf(present);
    String revision = path("service-revision", ids().digits());
    revisions.put(revision, revision(revision, definition));
    EcsDeployment made = begin(definition.arn(), revision);
    history.add(
        0,
        new EcsServiceDeployment(
            path("service-deployment", ids().letters()), service, sources, made));
    service.fields().set("currentServiceDeployment", current().arn());
  }

  private EcsDeployment begin(String taskDefinition, String revision) {
    EcsDeployment made =
        new EcsDeployment(
            "ecs-svc/" + ids().digits(), taskDefinition, revision, service.cluster().now());
    present.forEach(each -> each.fields().set("status", "ACTIVE"));
    present.add(0, made);
    service.fields().set("taskDefinition", taskDefinition);
    return made;
  }

  private Fields revision(String arn, EcsTaskDefinitions.Definition definition) {
    List<Fields> images =
        definition.containers().stream()
            .map(
                each ->
                    new Fields()
                        .set("containerName", each.name())
                        .set("image", each.image())
                        .set("imageDigest", EcsIds.digest(each.image())))
            .toList();
    return new Fields()
        .set("serviceRevisionArn", arn)
        .set("serviceArn", service.arn())
        .set("clusterArn", service.cluster().arn())
        .set("taskDefinition", definition.arn())
        .set("createdAt", service.cluster().now())
        .list("containerImages", "member", images)
        .list("loadBalancers", "member", service.loadBalancers());
  }

  void complete() {
    Instant now = service.cluster().now();
    EcsDeployment primary = primary();
    primary.rollout("COMPLETED", "ECS deployment " + primary.id() + " completed.", now);
    present.removeIf(each -> each != primary);
    EcsServiceDeployment current = current();
    if (current.is("ROLLBACK_IN_PROGRESS")) {
      current.finish("ROLLBACK_SUCCESSFUL", now);
    } else if (current.is("IN_PROGRESS")) {
      current.finish("SUCCESSFUL", now);
    }
  }

  void fail(String reason) {
    Instant now = service.cluster().now();
    EcsServiceDeployment current = current();
    primary().rollout("FAILED", reason, now);
    current.fields().set("statusReason", reason);
    current.fields().set("deploymentCircuitBreaker.status", "TRIGGERED");
    current.finish(current.is("ROLLBACK_IN_PROGRESS") ? "ROLLBACK_FAILED" : "STOPPED", now);
  }

  void rollBack() {
    Instant now = service.cluster().now();
    EcsDeployment old =
        present.stream()
            .skip(1)
            .filter(EcsDeployment::isCompleted)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException(service.name() + " has nothing to go back to"));
    EcsDeployment failed = primary();
    if (!"FAILED".equals(failed.fields().text("rolloutState"))) {
      failed.rollout("FAILED", "ECS deployment circuit breaker: tasks failed to start.", now);
    }
    EcsDeployment made = begin(old.taskDefinition(), old.revision());
    String reason =
        "ECS deployment circuit breaker: rolling back to deploymentId " + old.id() + ".";
    made.rollout("IN_PROGRESS", reason, now);
    EcsServiceDeployment current = current();
    current
        .fields()
        .set("finishedAt", null)
        .set("stoppedAt", null)
        .set("deploymentCircuitBreaker.status", "TRIGGERED")
        .set("rollback.reason", reason)
        .set("rollback.startedAt", now)
        .set("rollback.serviceRevisionArn", old.revision());
    current.status("ROLLBACK_IN_PROGRESS", now);
  }

  /** Newest first. */
  List<EcsServiceDeployment> history(Predicate<EcsServiceDeployment> which) {
    return history.stream().filter(which).toList();
  }

  @Nullable Fields revision(String arn) {
    return revisions.get(arn);
  }
}
