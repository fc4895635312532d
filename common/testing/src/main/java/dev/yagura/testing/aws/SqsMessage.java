package dev.yagura.testing.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message in a queue. */
final class SqsMessage {
  private final String id;
  private final String body;
  private final Instant sentAt;
  private Instant visibleAt;
  private @Nullable Instant firstReceivedAt;
  private int receives;

  SqsMessage(String id, String body, Instant sentAt, Duration delay) {
    this.id = id;
    this.body = body;
    this.sentAt = sentAt;
    visibleAt = sentAt.plus(delay);
  }

  /** Another delivery of the same message. */
  SqsMessage again() {
    SqsMessage copy = new SqsMessage(id, body, sentAt, Duration.ZERO);
    copy.receives = receives;
    copy.firstReceivedAt = firstReceivedAt;
    return copy;
  }

  /** The same in another queue, where nobody received it. */
  SqsMessage moved() {
    return new SqsMessage(id, body, sentAt, Duration.ZERO);
  }

  String id() {
    return id;
  }

  Instant sentAt() {
    return sentAt;
  }

  int receives() {
    return receives;
  }

  boolean isVisible(Instant now) {
    return !now.isBefore(visibleAt);
  }

  /** Somebody received it and has not yet let it go. */
  boolean isHidden(Instant now) {
    return receives > 0 && !isVisible(now);
  }

  void hideUntil(Instant at) {
    visibleAt = at;
  }

  void received(Instant now, Duration timeout) {
    receives++;
    if (firstReceivedAt == null) {
      firstReceivedAt = now;
    }
    visibleAt = now.plus(timeout);
  }

  Map<String, Object> json(String handle, List<String> attributes, String sender) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("MessageId", id);
    json.put("ReceiptHandle", handle);
    json.put("MD5OfBody", md5(body));
    json.put("Body", body);
    Map<String, String> known = new LinkedHashMap<>();
    known.put("SenderId", sender);
    known.put("SentTimestamp", Long.toString(sentAt.toEpochMilli()));
    known.put("ApproximateReceiveCount", Integer.toString(receives));
    Instant first = firstReceivedAt == null ? sentAt : firstReceivedAt;
    known.put("ApproximateFirstReceiveTimestamp", Long.toString(first.toEpochMilli()));
    if (!attributes.contains("All")) {
      known.keySet().retainAll(attributes);
    }
    if (!known.isEmpty()) {
      json.put("Attributes", known);
    }
    return json;
  }

  static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
