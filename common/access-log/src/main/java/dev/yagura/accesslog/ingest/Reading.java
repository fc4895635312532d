package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.format.TruncatedLogException;
import dev.yagura.accesslog.format.UnreadableLogException;
import dev.yagura.accesslog.source.LogObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/** What is done with one file, from opening it to its place in the ledger. */
final class Reading<D extends @NonNull Object> {
  private static final String GREW =
      "it has grown after it was counted, so it was not finished then: the part that was counted"
          + " stays, the rest is left out; let it rest for longer before it is read";

  private final Tally<D> tally;
  private final Ledger ledger;
  private final Counters counters;
  private final Committer<D> committer;
  private final Postponed postponed;
  private final IngestSettings settings;
  private final Clock clock;
  private final BooleanSupplier stopping;
  private final Step.Observer observer;
  private final ReadingLog log = new ReadingLog();

  Reading(
      Tally<D> tally,
      Ledger ledger,
      Counters counters,
      Committer<D> committer,
      Postponed postponed,
      IngestSettings settings,
      Clock clock,
      BooleanSupplier stopping,
      Step.Observer observer) {
    this.tally = tally;
    this.ledger = ledger;
    this.counters = counters;
    this.committer = committer;
    this.postponed = postponed;
    this.settings = settings;
    this.clock = clock;
    this.stopping = stopping;
    this.observer = observer;
  }

  /** Reads and commits it; throws nothing but the end of memory. */
  Outcome read(LogObject object) {
    if (stopping.getAsBoolean() || postponed.isPostponed(object.id())) {
      return Outcome.FAILED;
    }
    try {
      Outcome outcome = attempt(object);
      if (outcome.isCounted()) {
        log.counted();
      }
      if (outcome.isFinal()) {
        postponed.forget(object.id());
      }
      return outcome;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      return unreadable(object, UnreadableReason.BUG, e);
    }
  }

  private Outcome attempt(LogObject object) {
    D counts;
    StoredBytes stored;
    try (StoredBytes opened = open(object)) {
      stored = opened;
      observer.at(Step.OPENED);
      try {
        counts = tally.read(object, stored);
      } catch (TruncatedLogException e) {
        stored.finish();
        return truncated(object, stored.length(), e);
      }
      stored.finish();
      observer.at(Step.READ);
    } catch (UnreadableLogException e) {
      return unreadable(object, UnreadableReason.FORMAT, e);
    } catch (IOException e) {
      return failed(object, String.valueOf(e.getMessage()));
    }
    if (!isWhole(object, stored.length())) {
      return failed(
          object, "it has " + stored.length() + " bytes and was said to have " + object.size());
    }
    if (stored.isKnown() && !stored.isKnownWhole()) {
      return unreadable(object, UnreadableReason.GREW, new UnreadableLogException(GREW));
    }
    Commit commit = new Commit(object, counts, stored);
    if (!committer.run(commit)) {
      return Outcome.FAILED;
    }
    return commit.outcome == Outcome.FAILED
        ? failed(object, "another version of it was counted while it was read")
        : commit.outcome;
  }

  private StoredBytes open(LogObject object) throws IOException {
    try {
      List<Ledger.Content> counted =
          Pruning.isLocal(object.id()) ? ledger.counted(object.id().location()) : List.of();
      return new StoredBytes(object.content().open(), counted);
    } catch (SQLException e) {
      throw new IOException("the ledger cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new IOException("it cannot be opened: " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * A local file that grew while it was read is another version, which will be offered; to count
   * this one would count its lines twice. A bucket's notification may not know the size.
   */
  private static boolean isWhole(LogObject object, long length) {
    return Pruning.isLocal(object.id())
        ? length == object.size()
        : length >= object.size() || object.size() < 0;
  }

  private Outcome truncated(LogObject object, long length, TruncatedLogException e) {
    if (!isWhole(object, length)) {
      return failed(object, "it broke off after " + length + " bytes");
    }
    Instant settled = object.modified().plus(settings.truncatedGrace());
    if (settled.isAfter(clock.instant())) {
      postponed.until(object.id(), settled);
      return Outcome.FAILED;
    }
    return unreadable(object, UnreadableReason.TRUNCATED, e);
  }

  private Outcome failed(LogObject object, String message) {
    if (!stopping.getAsBoolean()) {
      postponed.failed(object.id());
      counters.add(Counters.Name.FAILED, 1);
      log.failed(object.id(), message);
    }
    return Outcome.FAILED;
  }

  private Outcome unreadable(LogObject object, UnreadableReason reason, Throwable cause) {
    if (stopping.getAsBoolean()) {
      return Outcome.FAILED; // What is interrupted may fail in any way.
    }
    log.unreadable(object.id(), reason, cause);
    boolean[] counted = new boolean[1];
    boolean committed =
        committer.run(
            transaction -> {
              Outcome known = Ledger.find(transaction, object.id());
              counted[0] = known != null && known.isCounted();
              if (known == null) {
                ledger.insert(transaction, object.id(), 0, 0, Outcome.UNREADABLE, reason.label());
                counters.addToTransaction(Counters.Name.UNREADABLE, reason.label(), 1);
              }
            });
    if (!committed) {
      return Outcome.FAILED;
    }
    ledger.giveUp(object.id());
    return counted[0] ? Outcome.DUPLICATE : Outcome.UNREADABLE;
  }

  /** The ledger, the counts and the counters of one file, in one transaction. */
  private final class Commit implements Committer.Work {
    private final LogObject object;
    private final D counts;
    private final StoredBytes stored;
    private Outcome outcome = Outcome.FAILED;

    Commit(LogObject object, D counts, StoredBytes stored) {
      this.object = object;
      this.counts = counts;
      this.stored = stored;
    }

    @Override
    public void in(Connection transaction) throws SQLException {
      @Nullable Outcome known = Ledger.find(transaction, object.id());
      if (known != null && known.isCounted()) {
        outcome = Outcome.DUPLICATE;
        return;
      }
      if (Pruning.isLocal(object.id())
          && !Ledger.counted(transaction, object.id().location()).equals(stored.known())) {
        outcome = Outcome.FAILED;
        return;
      }
      boolean again = stored.isKnownWhole();
      outcome = again ? Outcome.DUPLICATE : Outcome.COUNTED;
      ledger.insert(transaction, object.id(), stored.length(), stored.crc(), outcome, "");
      observer.at(Step.LEDGER_WRITTEN);
      if (again) {
        counters.addToTransaction(Counters.Name.DUPLICATES, "", 1);
        return;
      }
      tally.add(counts, transaction);
      counters.addToTransaction(Counters.Name.OBJECTS, "", 1);
      counters.addToTransaction(Counters.Name.BYTES, "", stored.length());
      observer.at(Step.ADDED);
    }
  }
}
