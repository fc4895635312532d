package dev.yagura.testing.aws;

import com.github.tomakehurst.wiremock.common.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What ECS tells EventBridge. */
final class EcsEvents {
  private EcsEvents() {}

  static String ofTask(Scope scope, EcsTaskDouble task, Instant updatedAt) {
    Map<String, Object> detail = task.fields().json(EcsEvents::time);
    detail.remove("tags");
    detail.put("updatedAt", time(updatedAt));
    if (detail.get("attachments") instanceof List<?> attachments) {
      detail.put("attachments", attachments.stream().map(EcsEvents::attachment).toList());
    }
    return write(scope, "ECS Task State Change", task.arn(), detail);
  }

  /** Events have another word for the type than the API. */
  private static Object attachment(Object described) {
    if (!(described instanceof Map<?, ?> map)) {
      return described;
    }
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    copy.replace("type", "ElasticNetworkInterface", "eni");
    return copy;
  }

  static String ofService(Scope scope, EcsServiceDouble service, Fields detail) {
    detail.set("clusterArn", service.cluster().arn()).set("createdAt", scope.clock().instant());
    return write(scope, "ECS Service Action", service.arn(), detail.json(EcsEvents::time));
  }

  static String ofDeployment(Scope scope, EcsServiceDouble service, Fields detail) {
    detail.set("updatedAt", scope.clock().instant());
    return write(scope, "ECS Deployment State Change", service.arn(), detail.json(EcsEvents::time));
  }

  private static String write(
      Scope scope, String type, String resource, Map<String, Object> detail) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", type);
    event.put("source", "aws.ecs");
    event.put("account", scope.account());
    event.put("time", scope.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", scope.region());
    event.put("resources", List.of(resource));
    event.put("detail", detail);
    return Json.write(event);
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
