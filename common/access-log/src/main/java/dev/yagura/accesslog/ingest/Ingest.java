package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.ingest.IngestStatus.SourceStatus;
import dev.yagura.accesslog.source.LogSource;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the sources find, several files at once, and commits each together with its counts: a
 * file is counted once, whenever the process is killed and however often it is offered.
 *
 * <p>The state belongs to the caller, who closes it after this.
 *
 * @param <D> what one file says
 */
public final class Ingest<D extends @NonNull Object> implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Ingest.class);
  private static final Duration BETWEEN_PRUNINGS = Duration.ofDays(1);

  private final Ledger ledger;
  private final Counters counters = new Counters();
  private final InProgress inProgress = new InProgress();
  private final Committer<D> committer;
  private final Pruning pruning;
  private final Reading<D> reading;
  private final IngestSettings settings;
  private final Clock clock;
  private final Step.Observer observer;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final BlockingQueue<InProgress.Entry> queue;
  private final List<LogSource> sources;
  private final List<SourceLoop> loops = new ArrayList<>();
  private final Workers lookers = new Workers();
  private final Workers readers = new Workers();
  private final ReentrantLock pruningLock = new ReentrantLock();
  private Instant nextPruning = Instant.MIN;

  private Ingest(
      StateDatabase state,
      Tally<D> tally,
      List<LogSource> sources,
      IngestSettings settings,
      Clock clock,
      Step.Observer observer)
      throws SQLException {
    this.settings = settings;
    this.clock = clock;
    this.observer = observer;
    this.sources = List.copyOf(sources);
    queue = new ArrayBlockingQueue<>(settings.readers());
    ledger = new Ledger(state, clock);
    pruning = new Pruning(state, ledger);
    committer = new Committer<>(state, tally, counters, settings, clock, observer);
    reading =
        new Reading<>(
            tally,
            ledger,
            counters,
            committer,
            new Postponed(clock, settings.firstPause(), settings.longestPause()),
            settings,
            clock,
            this::isStopping,
            observer);
    committer.start();
    Looks looks = new Looks();
    looks.load(state.writer());
    for (LogSource source : sources) {
      SourceInbox inbox =
          new SourceInbox(
              source.name(), ledger, inProgress, looks, counters, committer, queue::put, observer);
      loops.add(
          new SourceLoop(source, inbox, counters, settings, clock, stopping, this::afterEachLook));
    }
  }

  /**
   * Loads the state and starts to look and to read.
   *
   * @param sources closed together with this
   * @throws StateException if the state cannot be read or its tables cannot be made; the sources
   *     are left open
   */
  public static <D extends @NonNull Object> Ingest<D> start(
      StateDatabase state,
      Tally<D> tally,
      List<LogSource> sources,
      IngestSettings settings,
      Clock clock)
      throws StateException {
    return start(state, tally, sources, settings, clock, Step.Observer.NONE);
  }

  static <D extends @NonNull Object> Ingest<D> start(
      StateDatabase state,
      Tally<D> tally,
      List<LogSource> sources,
      IngestSettings settings,
      Clock clock,
      Step.Observer observer)
      throws StateException {
    Ingest<D> ingest;
    try {
      ingest = new Ingest<>(state, tally, sources, settings, clock, observer);
    } catch (SQLException | RuntimeException e) {
      // A cell that was changed by hand or by a bad disk may be a sound row all the same.
      throw state.unusable(e);
    }
    ingest.startThreads();
    return ingest;
  }

  private void startThreads() {
    for (int i = 1; i <= settings.readers(); i++) {
      readers.start("log-reader-" + i, this::readOn);
    }
    for (int i = 0; i < loops.size(); i++) {
      lookers.start("log-source-" + (i + 1), loops.get(i));
    }
  }

  private void readOn() {
    while (!isStopping()) {
      try {
        deal(queue.take());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void deal(InProgress.Entry entry) {
    Outcome outcome = Outcome.FAILED;
    try {
      outcome = reading.read(entry.object());
    } catch (RuntimeException e) {
      logger.error("{} could not be dealt with", entry.object().id(), e);
    } finally {
      end(entry, outcome);
    }
  }

  private void end(InProgress.Entry entry, Outcome outcome) {
    try {
      inProgress.end(entry.object().id(), outcome);
    } catch (RuntimeException e) {
      logger.error("who offered {} could not be told", entry.object().id(), e);
    }
    observer.at(Step.ACKNOWLEDGED);
  }

  /** Shows what was counted beside the files, and forgets old ones once a day. */
  private void afterEachLook() {
    try {
      if (counters.isAnyWaiting()) {
        committer.run(transaction -> {});
      }
      prune();
    } catch (RuntimeException | SQLException e) {
      logger.error("the ledger could not be tended", e);
    }
  }

  private void prune() throws SQLException {
    if (!pruningLock.tryLock()) {
      return;
    }
    try {
      Instant now = clock.instant();
      if (!now.isBefore(nextPruning)) {
        nextPruning = now.plus(BETWEEN_PRUNINGS);
        pruning.run(now, committer);
      }
    } finally {
      pruningLock.unlock();
    }
  }

  /** How it goes. Never waits for the disk. */
  public IngestStatus status() {
    List<SourceStatus> each = loops.stream().map(SourceLoop::status).toList();
    Map<UnreadableReason, Long> unreadable = new EnumMap<>(UnreadableReason.class);
    for (UnreadableReason reason : UnreadableReason.values()) {
      unreadable.put(reason, counters.get(Counters.Name.UNREADABLE, "", reason.label()));
    }
    return new IngestStatus(
        each,
        counters.get(Counters.Name.OBJECTS),
        counters.get(Counters.Name.BYTES),
        unreadable,
        counters.get(Counters.Name.DUPLICATES),
        counters.get(Counters.Name.FAILED),
        inProgress.size(),
        committer.paused());
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private interface Ending {
    void await() throws InterruptedException;
  }

  /**
   * Stops the sources, lets what is being committed end, and gives up what is not read yet: those
   * who offered it are told that it failed. Takes a few times {@link IngestSettings#closeWithin} at
   * the longest.
   */
  @Override
  public void close() {
    stopping.countDown();
    committer.stop();
    // Whoever is interrupted, before or now, still ends all of it: the state is closed next.
    boolean interrupted = Thread.interrupted();
    List<Ending> endings =
        List.of(
            () -> lookers.stop(settings.closeWithin()),
            () -> readers.stop(settings.closeWithin()),
            committer::close);
    for (Ending ending : endings) {
      try {
        ending.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    InProgress.@Nullable Entry left = queue.poll();
    while (left != null) {
      inProgress.end(left.object().id(), Outcome.FAILED);
      left = queue.poll();
    }
    sources.forEach(LogSource::close);
    ledger.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
