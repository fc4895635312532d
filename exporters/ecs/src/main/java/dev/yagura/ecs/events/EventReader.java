package dev.yagura.ecs.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads messages of EventBridge, also inside an envelope of SNS. */
final class EventReader {
  // A message of SQS is at most a megabyte; twice in an envelope with its quotes escaped.
  private static final int MAX_CHARACTERS = 2 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ENVELOPES = 2;
  private static final ObjectMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxStringLength(MAX_CHARACTERS)
                      .build())
              .build());

  private EventReader() {}

  /** What a message says; empty if it is no event of ECS, or lacks what such a one has. */
  static Optional<EcsEvent> read(String body) {
    return read(body, 0);
  }

  private static Optional<EcsEvent> read(String body, int envelopes) {
    if (body.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if ("aws.ecs".equals(root.path("source").textValue())) {
      return event(root);
    }
    return root.path("Message").isTextual() && envelopes < MAX_ENVELOPES
        ? read(root.path("Message").textValue(), envelopes + 1)
        : Optional.empty();
  }

  private static Optional<EcsEvent> event(JsonNode root) {
    JsonNode detail = root.path("detail");
    Instant at = instant(root.path("time").textValue());
    if (!detail.isObject() || at == null) {
      return Optional.empty();
    }
    return switch (root.path("detail-type").asText()) {
      case "ECS Task State Change" -> TaskReader.read(detail, at);
      case "ECS Service Action" ->
          service(root, detail, EcsEvent.Type.SERVICE_ACTION, "createdAt", at);
      case "ECS Deployment State Change" ->
          service(root, detail, EcsEvent.Type.DEPLOYMENT, "updatedAt", at);
      default -> Optional.of(new EcsEvent.Other());
    };
  }

  private static Optional<EcsEvent> service(
      JsonNode root, JsonNode detail, EcsEvent.Type type, String time, Instant sent) {
    String service = root.path("resources").path(0).asText();
    String name = detail.path("eventName").asText();
    // arn:aws:ecs:region:account:service/cluster/service; old ones do not name the cluster.
    String[] parts = service.split("[:/]", -1);
    if (parts.length != 8 || !parts[5].equals("service") || name.isEmpty()) {
      return name.isEmpty() ? Optional.empty() : Optional.of(new EcsEvent.Other());
    }
    String clusterArn =
        String.join(":", parts[0], parts[1], parts[2], parts[3], parts[4], "cluster/" + parts[6]);
    Instant happened = instant(detail.path(time).textValue());
    return Optional.of(
        new EcsEvent.ServiceChange(
            type,
            root.path("id").asText(),
            clusterArn,
            parts[7],
            name,
            happened == null ? sent : happened,
            detail.path("reason").asText()));
  }

  /** A time of ISO 8601; null if it is none. */
  static @Nullable Instant instant(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
