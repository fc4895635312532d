package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a service that is deployed, also when it is rolled back. */
final class EcsServiceDeployment {
  private static final int SMALLEST_THRESHOLD = 3;
  private static final int LARGEST_THRESHOLD = 200;

  private final String arn;
  private final List<EcsDeployment> sources;
  private final EcsDeployment target;
  private final Instant createdAt;
  private final Fields fields = new Fields();

  EcsServiceDeployment(
      String arn, EcsServiceDouble service, List<EcsDeployment> sources, EcsDeployment target) {
    this.arn = arn;
    this.sources = List.copyOf(sources);
    this.target = target;
    Instant now = service.cluster().now();
    createdAt = now;
    fields
        .set("serviceDeploymentArn", arn)
        .set("serviceArn", service.arn())
        .set("clusterArn", service.cluster().arn())
        .set("createdAt", now)
        .set("startedAt", now)
        .set("deploymentCircuitBreaker.status", "MONITORING");
    status("IN_PROGRESS", now);
  }

  String arn() {
    return arn;
  }

  Fields fields() {
    return fields;
  }

  Instant createdAt() {
    return createdAt;
  }

  boolean is(String status) {
    return status.equals(fields.text("status"));
  }

  void status(String status, Instant now) {
    fields.set("status", status).set("updatedAt", now);
  }

  void finish(String status, Instant now) {
    status(status, now);
    fields.set(status.equals("STOPPED") ? "stoppedAt" : "finishedAt", now);
    if ("MONITORING".equals(fields.text("deploymentCircuitBreaker.status"))) {
      fields.set("deploymentCircuitBreaker.status", "MONITORING_COMPLETE");
    }
  }

  /** How many tasks may fail before ECS gives up. */
  private static int threshold(int desired) {
    return Math.max(SMALLEST_THRESHOLD, Math.min(LARGEST_THRESHOLD, (desired + 1) / 2));
  }

  Map<String, Object> json(int desired) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "sourceServiceRevisions",
        sources.stream().map(source -> source.revisionJson(desired)).toList());
    json.put("targetServiceRevision", target.revisionJson(desired));
    json.putAll(fields.json());
    Map<String, Object> breaker = new LinkedHashMap<>();
    breaker.put("failureCount", target.failedTasks());
    breaker.put("threshold", threshold(desired));
    if (json.get("deploymentCircuitBreaker") instanceof Map<?, ?> said) {
      said.forEach((name, value) -> breaker.put(String.valueOf(name), value));
    }
    json.put("deploymentCircuitBreaker", breaker);
    return json;
  }

  /** As a list shows it. */
  Map<String, Object> brief() {
    Map<String, Object> json = fields.json();
    json.remove("deploymentCircuitBreaker");
    json.put("targetServiceRevisionArn", target.revision());
    return json;
  }
}
