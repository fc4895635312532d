package dev.yagura.ecs.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.ecs.inventory.Arns;
import dev.yagura.ecs.inventory.Container;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinitionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the task in {@code ECS Task State Change}: the API's own, without tags. */
final class TaskReader {
  private TaskReader() {}

  static Optional<EcsEvent> read(JsonNode detail, Instant at) {
    String arn = text(detail, "taskArn");
    String clusterArn = text(detail, "clusterArn");
    if (arn == null || clusterArn == null || !detail.path("version").canConvertToLong()) {
      return Optional.empty();
    }
    String definition = text(detail, "taskDefinitionArn");
    Task task =
        new Task(
            arn,
            Arns.name(clusterArn),
            TaskDefinitionName.of(definition == null ? "" : definition),
            text(detail, "group"),
            text(detail, "startedBy"),
            detail.path("version").longValue(),
            text(detail, "lastStatus"),
            text(detail, "desiredStatus"),
            text(detail, "healthStatus"),
            text(detail, "launchType"),
            text(detail, "capacityProviderName"),
            text(detail, "availabilityZone"),
            instant(detail, "createdAt"),
            instant(detail, "pullStartedAt"),
            instant(detail, "pullStoppedAt"),
            instant(detail, "startedAt"),
            instant(detail, "stoppingAt"),
            instant(detail, "stoppedAt"),
            text(detail, "stopCode"),
            text(detail, "stoppedReason"),
            containers(detail.path("containers")),
            null,
            text(detail, "containerInstanceArn"),
            Map.of());
    return Optional.of(new EcsEvent.TaskChange(clusterArn, task, at));
  }

  private static List<Container> containers(JsonNode all) {
    List<Container> containers = new ArrayList<>();
    for (JsonNode each : all) {
      String name = text(each, "name");
      JsonNode exitCode = each.path("exitCode");
      containers.add(
          new Container(
              name == null ? "" : name,
              text(each, "lastStatus"),
              text(each, "healthStatus"),
              exitCode.canConvertToInt() && exitCode.isIntegralNumber()
                  ? exitCode.intValue()
                  : null,
              text(each, "reason"),
              text(each, "imageDigest"),
              List.of()));
    }
    return containers;
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.path(name).textValue();
  }

  private static @Nullable Instant instant(JsonNode node, String name) {
    return EventReader.instant(text(node, name));
  }
}
