package dev.yagura.ecs.events;

import dev.yagura.aws.client.AwsFailures;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.sqs.SqsQueue;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.reasons.ServiceEventName;
import dev.yagura.ecs.tasks.TaskTracker;
import dev.yagura.ecs.tasks.TaskTracker.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Reads a queue into which EventBridge puts ECS' events. A message is deleted once what it says is
 * saved, so that none is lost and one that comes twice counts once. One that is no event is left to
 * the queue's own redrive policy.
 */
public final class EventsScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "events";

  private static final Logger logger = LoggerFactory.getLogger(EventsScraper.class);
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final Duration VISIBILITY = Duration.ofMinutes(2);

  /** How soon a message comes again that could not be dealt with. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  /** In an ARN, by its colons. */
  private static final int REGION = 3;

  /** Then what was read is shown. */
  private static final int MOST_RECEIVES = 100;

  /** What became of a message. */
  private enum Outcome {
    /** It told something new. */
    APPLIED,
    /** It told what was known. */
    REPEATED,
    /** Its cluster is not one of those that are watched. */
    NOT_WATCHED,
    /** Its cluster may still be found; it comes again. */
    WAITING,
    /** It is about something that is not counted. */
    IGNORED,
    /** It is no event of ECS, and stays in the queue. */
    UNUSABLE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Finds who is told about a cluster. */
  public interface Listeners {
    /** By the cluster's ARN; empty if there is nobody. */
    Optional<Listener> of(String clusterArn);

    /** Whether any account and region has told its clusters. */
    boolean areSomeKnown();

    /** Whether all of a region have: no more of its clusters are going to be found soon. */
    boolean areAllKnown(String region);
  }

  private record Kind(EcsEvent.Type type, Outcome outcome) {}

  private record Count(Kind kind, long messages) {}

  private record Newest(Instant at) {}

  private static final List<Family<Count>> COUNTS =
      Family.labelled(
          LabelSet.<Count>of("type", row -> row.kind().type().label())
              .and("outcome", row -> row.kind().outcome().label()),
          List.of(
              Family.counter(
                  "ecs_events_total",
                  "Messages read from the queue, by what they are about (task, service_action,"
                      + " deployment, other) and what became of them: applied, repeated (told"
                      + " nothing new), not_watched (of another cluster), waiting (of a cluster"
                      + " that may still be found; it comes again), ignored, or unusable (no event"
                      + " of ECS; it stays in the queue).",
                  Count::messages)));

  private static final List<Family<Newest>> NEWEST =
      List.of(
          Family.gauge(
              "ecs_events_newest_timestamp_seconds",
              "When the newest event that was read happened, from time of the event, in Unix"
                  + " seconds.",
              newest -> newest.at().toEpochMilli() / 1e3));

  private final SqsQueue queue;
  private final Listeners listeners;
  private final Map<Kind, Long> counts = new LinkedHashMap<>();
  private @Nullable Instant newest;
  private boolean unusableLogged;

  /**
   * Reads the queue of this address.
   *
   * @param place that it is in
   */
  public EventsScraper(AwsPlace place, String queueUrl, Listeners listeners) {
    SqsClient client = place.client(SqsClient.builder());
    this.queue = new SqsQueue(() -> client, queueUrl);
    this.listeners = listeners;
  }

  /** The name of the queue. */
  public String queue() {
    return queue.name();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(COUNTS);
    all.addAll(NEWEST);
    return all;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    if (!listeners.areSomeKnown()) {
      return Snapshot.empty();
    }
    int received = 0;
    Duration wait = WAIT;
    List<Message> messages;
    do {
      messages = queue.receive(SqsQueue.BATCH, wait, VISIBILITY);
      if (!messages.isEmpty()) {
        takeOrGiveBack(messages);
      }
      wait = Duration.ZERO;
      received++;
    } while (!messages.isEmpty() && received < MOST_RECEIVES && !deadline.hasPassed());
    List<Count> rows =
        counts.entrySet().stream()
            .map(entry -> new Count(entry.getKey(), entry.getValue()))
            .toList();
    Snapshot counted = Snapshot.of(COUNTS, rows);
    return newest == null ? counted : counted.and(Snapshot.of(NEWEST, new Newest(newest)));
  }

  private void takeOrGiveBack(List<Message> messages) throws ScrapeException, InterruptedException {
    try {
      take(messages);
    } catch (ScrapeException e) {
      try {
        queue.hide(messages.stream().map(Message::receiptHandle).toList(), AGAIN);
      } catch (SdkException later) {
        logger.debug("messages of the queue {} come again later", queue.name(), later);
      }
      throw e;
    }
  }

  private void take(List<Message> messages) throws ScrapeException, InterruptedException {
    Map<Kind, Long> outcomes = new LinkedHashMap<>();
    List<Message> done = new ArrayList<>();
    Map<TaskTracker, List<Told>> changes = new LinkedHashMap<>();
    for (Message message : messages) {
      Optional<EcsEvent> event = EventReader.read(message.body());
      if (event.isEmpty()) {
        note(outcomes, EcsEvent.Type.OTHER, Outcome.UNUSABLE, 1);
        logUnusable(message);
        continue;
      }
      Outcome outcome = Outcome.IGNORED;
      if (event.get() instanceof EcsEvent.TaskChange change) {
        newest = later(change.at());
        Optional<Listener> listener = listeners.of(change.clusterArn());
        if (listener.isPresent()) {
          changes
              .computeIfAbsent(listener.get().tasks(), made -> new ArrayList<>())
              .add(new Told(change.task(), change.at()));
          done.add(message);
          continue; // What it tells is known when all of them are taken.
        }
        outcome = unheard(change.clusterArn());
      } else if (event.get() instanceof EcsEvent.ServiceChange change) {
        newest = later(change.at());
        outcome = tell(change);
      }
      note(outcomes, event.get().type(), outcome, 1);
      if (outcome != Outcome.WAITING) {
        done.add(message);
      }
    }
    for (Map.Entry<TaskTracker, List<Told>> each : changes.entrySet()) {
      int fresh = each.getKey().saw(each.getValue(), TaskTracker.Teller.EVENT);
      note(outcomes, EcsEvent.Type.TASK, Outcome.APPLIED, fresh);
      note(outcomes, EcsEvent.Type.TASK, Outcome.REPEATED, each.getValue().size() - fresh);
    }
    outcomes.forEach((kind, messagesOfKind) -> counts.merge(kind, messagesOfKind, Long::sum));
    delete(done);
  }

  private Outcome tell(EcsEvent.ServiceChange change) throws ScrapeException {
    Optional<Listener> listener = listeners.of(change.clusterArn());
    if (listener.isEmpty()) {
      return unheard(change.clusterArn());
    }
    Optional<ServiceEventName> name = ServiceEventName.named(change.name());
    if (name.isEmpty() || name.get().level() == ServiceEventName.Level.INFO) {
      return Outcome.IGNORED;
    }
    return listener
            .get()
            .services()
            .told(change.id(), change.service(), name.get(), change.at(), change.reason())
        ? Outcome.APPLIED
        : Outcome.REPEATED;
  }

  private Outcome unheard(String clusterArn) {
    String[] parts = clusterArn.split(":", -1);
    return parts.length <= REGION || listeners.areAllKnown(parts[REGION])
        ? Outcome.NOT_WATCHED
        : Outcome.WAITING;
  }

  private static void note(
      Map<Kind, Long> outcomes, EcsEvent.Type type, Outcome outcome, long messages) {
    if (messages > 0) {
      outcomes.merge(new Kind(type, outcome), messages, Long::sum);
    }
  }

  private Instant later(Instant at) {
    return newest == null || at.isAfter(newest) ? at : newest;
  }

  private void logUnusable(Message message) {
    if (!unusableLogged) {
      unusableLogged = true;
      logger.warn(
          "message {} of the queue {} is no event of ECS; such messages stay in the queue, give it"
              + " a dead-letter queue. More are counted in ecs_events_total and not logged",
          message.messageId(),
          queue.name());
    }
  }

  private void delete(List<Message> done) throws ScrapeException, InterruptedException {
    if (done.isEmpty()) {
      return;
    }
    try {
      queue.delete(done.stream().map(Message::receiptHandle).toList());
    } catch (SdkException e) {
      // They come again, and tell nothing new then.
      throw AwsFailures.looking(e, "delete from the queue " + queue.name());
    }
  }
}
