package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.ingest.InProgress.Waiter;
import dev.yagura.accesslog.ingest.OpenLooks.Look;
import dev.yagura.accesslog.source.Delivery;
import dev.yagura.accesslog.source.Inbox;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.ObjectId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one source puts what it finds. */
final class SourceInbox implements Inbox {
  /** Takes a file to be read, and waits while too many are waiting already. */
  interface Queue {
    void put(InProgress.Entry entry) throws InterruptedException;
  }

  private static final Logger logger = LoggerFactory.getLogger(SourceInbox.class);

  private final String source;
  private final Ledger ledger;
  private final InProgress inProgress;
  private final Looks looks;
  private final Counters counters;
  private final Committer<?> committer;
  private final Queue queue;
  private final Step.Observer observer;
  private final OpenLooks open = new OpenLooks();

  SourceInbox(
      String source,
      Ledger ledger,
      InProgress inProgress,
      Looks looks,
      Counters counters,
      Committer<?> committer,
      Queue queue,
      Step.Observer observer) {
    this.source = source;
    this.ledger = ledger;
    this.inProgress = inProgress;
    this.looks = looks;
    this.counters = counters;
    this.committer = committer;
    this.queue = queue;
    this.observer = observer;
  }

  @Override
  public boolean isKnown(ObjectId id) {
    // Who is told that a file is known does not offer it, and still may not look past it.
    return inProgress.join(id, open.current(), () -> settling(open.awaits()))
        || committed(id) != null;
  }

  private @Nullable Outcome committed(ObjectId id) {
    try {
      return ledger.committed(id);
    } catch (SQLException e) {
      return null; // It is read for nothing then: the transaction looks again.
    }
  }

  @Override
  public void offer(LogObject object, Delivery delivery) throws InterruptedException {
    observer.at(Step.OFFERED);
    counters.add(Counters.Name.OFFERED, source, "", 1);
    Look look = open.awaits();
    Waiter waiting =
        (outcome, first) -> {
          if (!first && outcome.isCounted()) {
            counters.add(Counters.Name.DUPLICATES, 1);
          }
          tell(delivery, outcome);
          settle(look, outcome);
        };
    Outcome known = inProgress.contains(object.id()) ? null : committed(object.id());
    if (known != null) {
      waiting.ended(known, false);
      return;
    }
    InProgress.Entry entry = inProgress.add(object, waiting);
    if (entry == null) {
      return;
    }
    boolean queued = false;
    try {
      queue.put(entry);
      queued = true;
    } finally {
      if (!queued) {
        inProgress.end(object.id(), Outcome.FAILED);
      }
    }
  }

  private static void tell(Delivery delivery, Outcome outcome) {
    try {
      if (outcome.isCounted()) {
        delivery.committed();
      } else {
        delivery.failed();
      }
    } catch (RuntimeException e) {
      logger.error("a source could not be told how a file went", e);
    }
  }

  private Waiter settling(Look look) {
    return (outcome, first) -> settle(look, outcome);
  }

  private void settle(Look look, Outcome outcome) {
    open.settled(look, outcome.isFinal());
    advance();
  }

  private void advance() {
    open.takeSettled().ifPresent(this::advance);
  }

  private void advance(Instant began) {
    if (committer.run(transaction -> looks.write(transaction, source, began))) {
      looks.committed(source, began);
    }
  }

  @Override
  public Optional<Instant> lastWholeLook(String of) {
    return looks.last(of);
  }

  @Override
  public void wholeLook(String of, Instant began) {
    open.end(began);
    advance();
  }

  @Override
  public void unusableNotification(String of) {
    counters.add(Counters.Name.UNUSABLE, of, "", 1);
  }
}
