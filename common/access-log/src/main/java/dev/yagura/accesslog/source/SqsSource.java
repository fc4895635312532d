package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.aws.client.AwsFailures;
import dev.yagura.aws.sqs.SqsQueue;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The objects that notifications in a queue name. A message is deleted when all of its objects are
 * committed; else it is given back, and the queue's own redrive policy ends it in the dead-letter
 * queue. So does one that cannot be understood, at the queue's own pace.
 */
public final class SqsSource implements LogSource {
  /** Gives S3 in a region; the usual one if a message names none. */
  interface Buckets {
    S3Client in(Optional<String> region);
  }

  /**
   * How the queue is used.
   *
   * @param waiting how long to wait for a message, in whole seconds up to 20
   * @param afterFailure how long to wait after the queue could not be asked
   */
  record Terms(Duration waiting, Duration afterFailure, InFlight.Terms messages) {
    static final Terms USUAL =
        new Terms(
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            new InFlight.Terms(20, Duration.ofSeconds(120), Duration.ofSeconds(30)));
  }

  private static final Logger LOG = LoggerFactory.getLogger(SqsSource.class);

  private final SqsQueue queue;
  private final Buckets buckets;
  private final S3Objects objects;
  private final Terms terms;
  private final Clock clock;
  private final InFlight inFlight;
  private volatile boolean failing;
  private volatile boolean closed;

  SqsSource(
      SqsQueue queue,
      Buckets buckets,
      S3Objects objects,
      Terms terms,
      Clock clock,
      LongSupplier nanoClock) {
    this.queue = queue;
    this.buckets = buckets;
    this.objects = objects;
    this.terms = terms;
    this.clock = clock;
    inFlight = new InFlight(queue, terms.messages(), nanoClock);
  }

  /**
   * Makes a source; nothing is asked before {@link #poll}. It does not close the clients.
   *
   * @param queueUrl the address of the queue
   * @param keys a pattern of whole keys, the others are acknowledged and left out; empty for all
   * @param resource of objects in whose key the pattern finds none
   */
  public static SqsSource of(
      AwsClients sqs,
      AwsClients s3,
      String queueUrl,
      Optional<Glob> keys,
      LogShape shape,
      Optional<String> resource,
      Clock clock,
      LongSupplier nanoClock) {
    return new SqsSource(
        new SqsQueue(sqs::sqs, queueUrl),
        s3::s3In,
        new S3Objects(keys, shape, resource),
        Terms.USUAL,
        clock,
        nanoClock);
  }

  @Override
  public String name() {
    return "sqs:" + queue.name();
  }

  @Override
  public void poll(Inbox inbox) throws ScrapeException, InterruptedException {
    int most = Math.min(inFlight.room(), SqsQueue.BATCH);
    if (most == 0) {
      return;
    }
    failing = true;
    List<Message> messages = queue.receive(most, terms.waiting(), terms.messages().visibility());
    failing = false;
    if (closed) {
      giveBack(messages);
      return;
    }
    // All before the first is offered: that may wait, and the others must stay hidden meanwhile.
    messages.forEach(message -> inFlight.add(message.receiptHandle()));
    Set<String> untouched = new LinkedHashSet<>();
    messages.forEach(message -> untouched.add(message.receiptHandle()));
    try {
      for (Message message : messages) {
        work(message, inbox);
        untouched.remove(message.receiptHandle());
      }
    } finally {
      // Only when it is interrupted: nobody is going to say how these went.
      untouched.forEach(receipt -> inFlight.end(receipt, InFlight.Outcome.FAILED));
    }
  }

  private void giveBack(List<Message> messages) {
    try {
      queue.hide(messages.stream().map(Message::receiptHandle).toList(), Duration.ZERO);
    } catch (SdkException e) {
      LOG.debug("messages of the queue {} come again later", queue.name(), e);
    }
  }

  private void work(Message message, Inbox inbox) throws InterruptedException {
    String receipt = message.receiptHandle();
    Optional<List<Notifications.Created>> created = Notifications.parse(message.body());
    if (created.isEmpty()) {
      inbox.unusableNotification(name());
      inFlight.leave(receipt);
      return;
    }
    List<Notifications.Created> logs =
        created.get().stream().filter(one -> objects.isLog(one.key())).toList();
    if (logs.isEmpty()) {
      inFlight.end(receipt, InFlight.Outcome.DONE);
      return;
    }
    Parts parts = new Parts(receipt, logs.size());
    for (Notifications.Created log : logs) {
      Delivery part = parts.next();
      Optional<LogObject> object = objectOf(log);
      if (object.isPresent()) {
        inbox.offer(object.get(), part);
      } else {
        part.failed();
      }
    }
  }

  private Optional<LogObject> objectOf(Notifications.Created log) throws InterruptedException {
    Optional<String> eTag = log.eTag();
    if (eTag.isPresent() && log.size().isPresent()) {
      return Optional.of(objectOf(log, eTag.get(), log.size().getAsLong(), clock.instant()));
    }
    try {
      HeadObjectResponse head =
          buckets
              .in(log.region())
              .headObject(request -> request.bucket(log.bucket()).key(log.key()));
      return Optional.of(
          objectOf(log, eTag.orElse(head.eTag()), head.contentLength(), head.lastModified()));
    } catch (SdkException e) {
      AwsFailures.throwIfInterrupted(e);
      LOG.warn(
          "{}: {}",
          name(),
          S3Failures.reading(e, "s3://" + log.bucket() + "/" + log.key()).getMessage());
      return Optional.empty();
    }
  }

  private LogObject objectOf(Notifications.Created log, String eTag, long size, Instant modified) {
    return objects.of(
        () -> buckets.in(log.region()), log.bucket(), log.key(), eTag, size, modified);
  }

  /** The objects of one message: all must be committed. */
  private final class Parts {
    private final String receipt;
    private final AtomicInteger open;
    private final AtomicBoolean failed = new AtomicBoolean();

    Parts(String receipt, int count) {
      this.receipt = receipt;
      open = new AtomicInteger(count);
    }

    Delivery next() {
      AtomicBoolean told = new AtomicBoolean();
      return new Delivery() {
        @Override
        public void committed() {
          end(told, false);
        }

        @Override
        public void failed() {
          end(told, true);
        }
      };
    }

    private void end(AtomicBoolean told, boolean failure) {
      if (!told.compareAndSet(false, true)) {
        return;
      }
      if (failure) {
        failed.set(true);
      }
      if (open.decrementAndGet() == 0) {
        inFlight.end(receipt, failed.get() ? InFlight.Outcome.FAILED : InFlight.Outcome.DONE);
      }
    }
  }

  @Override
  public Duration pause() {
    return failing ? terms.afterFailure() : Duration.ZERO;
  }

  @Override
  public void close() {
    closed = true;
    inFlight.close();
  }
}
