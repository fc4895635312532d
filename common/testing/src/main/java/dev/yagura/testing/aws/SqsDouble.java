package dev.yagura.testing.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queues of an account in a region. */
public final class SqsDouble implements ServiceDouble {
  private static final int LARGEST_PAGE = 1_000;
  private static final int MOST_MESSAGES = 10;

  /** What errors are called that had other names before the JSON protocol. */
  private static final Map<String, String> OLD_CODES =
      Map.of(
          "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
          "MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight",
          "EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest",
          "TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest");

  private final Scope scope;
  private final EcsIds ids = new EcsIds();
  private final Map<String, SqsQueueDouble> queues = new LinkedHashMap<>();

  SqsDouble(Scope scope) {
    this.scope = scope;
  }

  /** The queue of this name, made if there is none. */
  public synchronized SqsQueueDouble queue(String name) {
    return queues.computeIfAbsent(name, made -> new SqsQueueDouble(this, made));
  }

  /** Deletes the queue of this name. */
  public synchronized void delete(String name) {
    queues.remove(name);
  }

  Scope scope() {
    return scope;
  }

  Instant now() {
    return scope.clock().instant();
  }

  String messageId() {
    return ids.dashed();
  }

  @Override
  public synchronized Answer answer(Call call) {
    try {
      return call.json(body(call));
    } catch (AwsError error) {
      String code = OLD_CODES.getOrDefault(error.code(), error.code());
      return call.service()
          .protocol()
          .write(error, "")
          .with("x-amzn-query-error", code + ";Sender");
    }
  }

  private Map<String, Object> body(Call call) {
    Input input = call.input();
    return switch (call.operation()) {
      case "ListQueues" -> list(input);
      case "GetQueueUrl" -> Map.of("QueueUrl", existing(input.required("QueueName")).url());
      case "GetQueueAttributes" -> attributes(input);
      case "SendMessage" -> send(asked(input), input);
      case "SendMessageBatch" -> batch(input, SqsDouble::send);
      case "ReceiveMessage" -> receive(input);
      case "DeleteMessage" -> delete(asked(input), input);
      case "DeleteMessageBatch" -> batch(input, SqsDouble::delete);
      case "ChangeMessageVisibility" -> hide(asked(input), input);
      case "ChangeMessageVisibilityBatch" -> batch(input, SqsDouble::hide);
      default -> throw ServiceDouble.unknown(call);
    };
  }

  private SqsQueueDouble existing(String name) {
    SqsQueueDouble queue = queues.get(name);
    if (queue == null) {
      throw AwsError.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
    }
    return queue;
  }

  private SqsQueueDouble asked(Input input) {
    String url = input.required("QueueUrl");
    return existing(url.substring(url.lastIndexOf('/') + 1));
  }

  private Map<String, Object> list(Input input) {
    String prefix = input.text("QueueNamePrefix", "");
    List<String> urls =
        queues.values().stream()
            .filter(queue -> queue.name().startsWith(prefix))
            .map(SqsQueueDouble::url)
            .toList();
    int size = input.number("MaxResults", LARGEST_PAGE);
    Page<String> page = Page.of(urls, input.text("NextToken"), size);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("QueueUrls", page.items());
    // Without a size there is one page, and what is beyond it can not be asked for.
    if (page.next() != null && input.has("MaxResults")) {
      body.put("NextToken", page.next());
    }
    return body;
  }

  private Map<String, Object> attributes(Input input) {
    Map<String, String> all = asked(input).attributes();
    List<String> names = input.texts("AttributeNames");
    if (!names.contains("All")) {
      all.keySet().retainAll(names);
    }
    return all.isEmpty() ? Map.of() : Map.of("Attributes", all);
  }

  private static Map<String, Object> send(SqsQueueDouble queue, Input input) {
    String body = input.required("MessageBody");
    String id = queue.send(body, Duration.ofSeconds(input.number("DelaySeconds", 0)));
    return Map.of("MessageId", id, "MD5OfMessageBody", SqsMessage.md5(body));
  }

  private Map<String, Object> receive(Input input) {
    int most = input.number("MaxNumberOfMessages", 1);
    if (most < 1 || most > MOST_MESSAGES) {
      throw AwsError.badRequest(
          "InvalidParameterValue", "MaxNumberOfMessages is 1 to " + MOST_MESSAGES + ".");
    }
    List<String> attributes = new ArrayList<>(input.texts("AttributeNames"));
    attributes.addAll(input.texts("MessageSystemAttributeNames"));
    List<Map<String, Object>> messages =
        asked(input).receive(most, seconds(input, "VisibilityTimeout"), attributes);
    return messages.isEmpty() ? Map.of() : Map.of("Messages", messages);
  }

  private static @Nullable Duration seconds(Input input, String name) {
    return input.has(name) ? Duration.ofSeconds(input.number(name, 0)) : null;
  }

  private static Map<String, Object> delete(SqsQueueDouble queue, Input input) {
    queue.delete(SqsHandle.of(input.required("ReceiptHandle")));
    return Map.of();
  }

  private static Map<String, Object> hide(SqsQueueDouble queue, Input input) {
    queue.hide(
        SqsHandle.of(input.required("ReceiptHandle")),
        Duration.ofSeconds(input.number("VisibilityTimeout", 0)));
    return Map.of();
  }

  private interface Step {
    Map<String, Object> take(SqsQueueDouble queue, Input entry);
  }

  /** Takes a step for each entry, of which some may fail. */
  private Map<String, Object> batch(Input input, Step step) {
    SqsQueueDouble queue = asked(input);
    List<Input> entries = input.structures("Entries");
    if (entries.isEmpty()) {
      throw AwsError.badRequest("EmptyBatchRequest", "There must be an entry.");
    }
    if (entries.size() > MOST_MESSAGES) {
      throw AwsError.badRequest("TooManyEntriesInBatchRequest", "There are too many entries.");
    }
    List<Map<String, Object>> successful = new ArrayList<>();
    List<Map<String, Object>> failed = new ArrayList<>();
    for (Input entry : entries) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("Id", entry.required("Id"));
      try {
        result.putAll(step.take(queue, entry));
        successful.add(result);
      } catch (AwsError error) {
        result.put("SenderFault", true);
        result.put("Code", error.code());
        result.put("Message", error.text());
        failed.add(result);
      }
    }
    return Map.of("Successful", successful, "Failed", failed);
  }
}
