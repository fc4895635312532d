package dev.yagura.accesslog.source;

import dev.yagura.aws.client.AwsFailures;
import dev.yagura.aws.sqs.SqsQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The messages that are being worked at: hides them from others for as long as that takes, then
 * deletes them or gives them back. One thread speaks to the queue, so that those who commit never
 * wait for it. What it cannot say to the queue is lost without harm: the message comes again.
 */
final class InFlight implements AutoCloseable {
  /** What becomes of a message. */
  enum Outcome {
    WORKING,
    /** Deleted. */
    DONE,
    /** Given back soon. */
    FAILED
  }

  /**
   * How messages are treated.
   *
   * @param visibility how long a message is hidden at a time
   * @param backoff how long one that failed is hidden
   */
  record Terms(int most, Duration visibility, Duration backoff) {}

  // SQS hides nothing for longer than twelve hours after it was received.
  private static final Duration LONGEST = Duration.ofHours(11);
  private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

  private record State(Outcome outcome, long since) {}

  private final SqsQueue queue;
  private final Terms terms;
  private final LongSupplier nanoClock;
  private final ScheduledExecutorService thread;
  // By receipt. Guarded by this.
  private final Map<String, State> messages = new LinkedHashMap<>();
  private boolean closed;

  InFlight(SqsQueue queue, Terms terms, LongSupplier nanoClock) {
    this.queue = queue;
    this.terms = terms;
    this.nanoClock = nanoClock;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "sqs-" + queue.name());
              made.setDaemon(true);
              return made;
            });
    long period = terms.visibility().toMillis() / 4;
    var unused = thread.scheduleWithFixedDelay(this::extend, period, period, TimeUnit.MILLISECONDS);
  }

  /** How many more may be taken; waits until at least one may. None once it is closed. */
  synchronized int room() throws InterruptedException {
    while (messages.size() >= terms.most() && !closed) {
      wait();
    }
    return closed ? 0 : terms.most() - messages.size();
  }

  synchronized void add(String receipt) {
    messages.put(receipt, new State(Outcome.WORKING, nanoClock.getAsLong()));
  }

  /** Leaves it as it is: it comes again when it is not hidden any more. */
  synchronized void leave(String receipt) {
    messages.remove(receipt);
    notifyAll();
  }

  /** Says how it went; the queue is told soon, by the other thread. */
  void end(String receipt, Outcome outcome) {
    synchronized (this) {
      messages.computeIfPresent(receipt, (key, state) -> new State(outcome, state.since()));
    }
    try {
      thread.execute(this::tell);
    } catch (RejectedExecutionException e) {
      // Closed: the message comes again.
    }
  }

  private void tell() {
    List<String> done = with(Outcome.DONE);
    List<String> failed = with(Outcome.FAILED);
    attempt("delete", () -> queue.delete(done));
    attempt("give back", () -> queue.hide(failed, terms.backoff()));
    synchronized (this) {
      messages.keySet().removeAll(done);
      messages.keySet().removeAll(failed);
      notifyAll();
    }
  }

  private void extend() {
    attempt("keep", () -> queue.hide(working(), terms.visibility()));
  }

  private synchronized List<String> working() {
    long oldest = nanoClock.getAsLong() - LONGEST.toNanos();
    List<String> receipts = new ArrayList<>();
    messages.forEach(
        (receipt, state) -> {
          if (state.outcome() == Outcome.WORKING && state.since() - oldest > 0) {
            receipts.add(receipt);
          }
        });
    return receipts;
  }

  private synchronized List<String> with(Outcome outcome) {
    return messages.entrySet().stream()
        .filter(message -> message.getValue().outcome() == outcome)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void attempt(String what, Runnable call) {
    try {
      call.run();
    } catch (SdkException e) {
      LOG.warn(
          "cannot {} messages of the queue {} ({}); they come again",
          what,
          queue.name(),
          AwsFailures.reasonOf(e).label());
    } catch (RuntimeException e) {
      LOG.warn("cannot {} messages of the queue {}; they come again", what, queue.name(), e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    thread.shutdownNow();
  }
}
