package dev.yagura.accesslog.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what a bucket says when an object is created, in whichever way it came: S3's own event, one
 * inside an SNS envelope, or EventBridge's.
 */
final class Notifications {
  /**
   * An object that was created.
   *
   * @param key as it is in the bucket, decoded
   * @param eTag without quotes
   */
  record Created(
      String bucket,
      String key,
      Optional<String> eTag,
      OptionalLong size,
      Optional<String> region) {}

  // A message of SQS is at most a megabyte; twice in an envelope with its quotes escaped.
  private static final int MAX_CHARACTERS = 2 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ENVELOPES = 2;
  private static final int MAX_BUCKET = 255;
  private static final int MAX_KEY_BYTES = 1024;
  private static final ObjectMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxStringLength(MAX_CHARACTERS)
                      .build())
              .build());

  private Notifications() {}

  /**
   * The objects that a message says were created; none if it says something else that is no reason
   * to look at it, such as a test event or a deletion; empty if it is no notification.
   */
  static Optional<List<Created>> parse(String body) {
    return parse(body, 0);
  }

  private static Optional<List<Created>> parse(String body, int envelopes) {
    if (body.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (root.path("Records").isArray()) {
      return records(root.path("Records"));
    }
    if (root.path("Event").asText().equals("s3:TestEvent")) {
      return Optional.of(List.of());
    }
    if (root.path("source").asText().equals("aws.s3") && root.path("detail-type").isTextual()) {
      return event(root);
    }
    if (root.path("Message").isTextual() && envelopes < MAX_ENVELOPES) {
      return parse(root.path("Message").textValue(), envelopes + 1);
    }
    return Optional.empty();
  }

  private static Optional<List<Created>> records(JsonNode records) {
    List<Created> created = new ArrayList<>();
    for (JsonNode record : records) {
      if (!record.path("s3").isObject() || !record.path("eventName").isTextual()) {
        return Optional.empty();
      }
      String name = record.path("eventName").textValue();
      if (name.startsWith("ObjectCreated:") || name.startsWith("s3:ObjectCreated:")) {
        Optional<Created> one = created(record.path("s3"), "eTag", true, text(record, "awsRegion"));
        if (one.isEmpty()) {
          return Optional.empty();
        }
        created.add(one.get());
      }
    }
    return Optional.of(List.copyOf(created));
  }

  private static Optional<List<Created>> event(JsonNode event) {
    if (!event.path("detail-type").textValue().equals("Object Created")) {
      return Optional.of(List.of());
    }
    return created(event.path("detail"), "etag", false, text(event, "region")).map(List::of);
  }

  private static Optional<Created> created(
      JsonNode s3, String eTagName, boolean encoded, Optional<String> region) {
    JsonNode object = s3.path("object");
    Optional<String> bucket =
        text(s3.path("bucket"), "name")
            .filter(name -> name.length() <= MAX_BUCKET && name.indexOf('/') < 0);
    Optional<String> key =
        text(object, "key")
            .flatMap(written -> encoded ? decoded(written) : Optional.of(written))
            .filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES);
    if (bucket.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    JsonNode size = object.path("size");
    return Optional.of(
        new Created(
            bucket.get(),
            key.get(),
            text(object, eTagName).map(tag -> tag.replace("\"", "")),
            size.canConvertToLong() ? OptionalLong.of(size.longValue()) : OptionalLong.empty(),
            region));
  }

  private static Optional<String> decoded(String key) {
    try {
      return Optional.of(URLDecoder.decode(key, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue()).filter(text -> !text.isEmpty());
  }
}
