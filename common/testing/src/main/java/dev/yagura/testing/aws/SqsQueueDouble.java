package dev.yagura.testing.aws;

import com.github.tomakehurst.wiremock.common.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A standard queue, whose time is the double's. */
public final class SqsQueueDouble {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration RETENTION = Duration.ofDays(4);

  private record DeadLetters(SqsQueueDouble queue, int maxReceives) {}

  private final SqsDouble sqs;
  private final String name;
  private final Instant createdAt;
  private final Map<Long, SqsMessage> messages = new LinkedHashMap<>();
  private Duration timeout = TIMEOUT;
  private Duration retention = RETENTION;
  private @Nullable DeadLetters deadLetters;
  private @Nullable Random order;
  private boolean duplicating;
  private long sent;

  SqsQueueDouble(SqsDouble sqs, String name) {
    this.sqs = sqs;
    this.name = name;
    createdAt = sqs.now();
  }

  /** Its address, which says who it is wherever the request goes. */
  public String url() {
    Scope scope = sqs.scope();
    return "https://sqs." + scope.region() + ".amazonaws.com/" + scope.account() + "/" + name;
  }

  /** Its ARN. */
  public String arn() {
    return sqs.scope().arn("sqs", name);
  }

  /** Puts a message; gives its id. */
  public String send(String body) {
    return send(body, Duration.ZERO);
  }

  /** Sets for how long received messages are hidden. */
  public SqsQueueDouble visibilityTimeout(Duration duration) {
    synchronized (sqs) {
      timeout = duration;
    }
    return this;
  }

  /** Sets how long messages are kept. */
  public SqsQueueDouble retention(Duration duration) {
    synchronized (sqs) {
      retention = duration;
    }
    return this;
  }

  /** Messages that were received so often without being deleted go to another queue. */
  public SqsQueueDouble deadLetter(SqsQueueDouble queue, int maxReceives) {
    synchronized (sqs) {
      deadLetters = new DeadLetters(queue, maxReceives);
    }
    return this;
  }

  /** From now on messages come in any order, the same in every run with this seed. */
  public SqsQueueDouble shuffle(long seed) {
    synchronized (sqs) {
      order = new Random(seed);
    }
    return this;
  }

  /** What is received next is delivered once more, even if it is deleted in between. */
  public SqsQueueDouble duplicate() {
    synchronized (sqs) {
      duplicating = true;
    }
    return this;
  }

  /** How many messages can be received now. */
  public int visible() {
    synchronized (sqs) {
      Instant now = expire();
      return (int) messages.values().stream().filter(each -> each.isVisible(now)).count();
    }
  }

  /** How many messages were received and are neither deleted nor visible again. */
  public int hidden() {
    synchronized (sqs) {
      Instant now = expire();
      return (int) messages.values().stream().filter(each -> each.isHidden(now)).count();
    }
  }

  /** Whether it has no message at all, also none that is hidden. */
  public boolean isEmpty() {
    synchronized (sqs) {
      expire();
      return messages.isEmpty();
    }
  }

  String name() {
    return name;
  }

  String send(String body, Duration delay) {
    synchronized (sqs) {
      SqsMessage message = new SqsMessage(sqs.messageId(), body, sqs.now(), delay);
      put(message);
      return message.id();
    }
  }

  private void put(SqsMessage message) {
    messages.put(++sent, message);
  }

  private Instant expire() {
    Instant now = sqs.now();
    Instant oldest = now.minus(retention);
    messages.values().removeIf(each -> !each.sentAt().isAfter(oldest));
    return now;
  }

  List<Map<String, Object>> receive(int most, @Nullable Duration hidden, List<String> attributes) {
    Instant now = expire();
    List<Map<String, Object>> received = new ArrayList<>();
    List<SqsMessage> again = new ArrayList<>();
    Iterator<Long> candidates = candidates(now).iterator();
    while (received.size() < most && candidates.hasNext()) {
      long number = candidates.next();
      SqsMessage message = messages.get(number);
      if (message == null) {
        continue;
      }
      if (deadLetters != null && message.receives() >= deadLetters.maxReceives()) {
        messages.remove(number);
        deadLetters.queue().put(message.moved());
        continue;
      }
      message.received(now, hidden == null ? timeout : hidden);
      String handle = SqsHandle.write(number, message.receives());
      received.add(message.json(handle, attributes, sqs.scope().account()));
      if (duplicating) {
        again.add(message.again());
      }
    }
    again.forEach(this::put);
    duplicating &= received.isEmpty();
    return received;
  }

  private List<Long> candidates(Instant now) {
    List<Long> visible = new ArrayList<>();
    messages.forEach(
        (number, message) -> {
          if (message.isVisible(now)) {
            visible.add(number);
          }
        });
    if (order != null) {
      Collections.shuffle(visible, order);
    }
    return visible;
  }

  /** Deletes what was received so last; anything else is left, and that is no error. */
  void delete(SqsHandle handle) {
    SqsMessage message = messages.get(handle.message());
    if (message != null && message.receives() == handle.receives()) {
      messages.remove(handle.message());
    }
  }

  void hide(SqsHandle handle, Duration duration) {
    Instant now = expire();
    SqsMessage message = messages.get(handle.message());
    if (message == null || !message.isHidden(now) || message.receives() != handle.receives()) {
      throw AwsError.badRequest("MessageNotInflight", "The message is not in flight.");
    }
    message.hideUntil(now.plus(duration));
  }

  Map<String, String> attributes() {
    int visible = visible();
    int hidden = hidden();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("QueueArn", arn());
    all.put("ApproximateNumberOfMessages", Integer.toString(visible));
    all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(hidden));
    all.put(
        "ApproximateNumberOfMessagesDelayed", Integer.toString(messages.size() - visible - hidden));
    all.put("CreatedTimestamp", Long.toString(createdAt.getEpochSecond()));
    all.put("LastModifiedTimestamp", Long.toString(createdAt.getEpochSecond()));
    all.put("VisibilityTimeout", Long.toString(timeout.toSeconds()));
    all.put("MessageRetentionPeriod", Long.toString(retention.toSeconds()));
    all.put("DelaySeconds", "0");
    all.put("ReceiveMessageWaitTimeSeconds", "0");
    if (deadLetters != null) {
      Map<String, Object> policy = new LinkedHashMap<>();
      policy.put("deadLetterTargetArn", deadLetters.queue().arn());
      policy.put("maxReceiveCount", deadLetters.maxReceives());
      all.put("RedrivePolicy", Json.write(policy));
    }
    return all;
  }
}
