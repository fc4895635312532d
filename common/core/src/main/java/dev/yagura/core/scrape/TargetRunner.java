package dev.yagura.core.scrape;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one target, never twice at a time. A scrape that comes while another is under way waits for
 * that one's answer, and none waits past its own deadline, whatever the target does.
 */
final class TargetRunner {
  /** What a run leaves over of its deadline, so that its answer still reaches those who wait. */
  private static final Duration HAND_OVER = Duration.ofMillis(100);

  /** A run on its way. */
  private static final class Flight {
    private final Selection selection;
    private final Deadline deadline;
    private final CompletableFuture<List<Samples>> answer = new CompletableFuture<>();
    private final AtomicBoolean counted = new AtomicBoolean();

    Flight(Selection selection, Deadline deadline) {
      this.selection = selection;
      this.deadline = deadline;
    }
  }

  private final Target target;
  private final SelfMetrics self;
  private final FailureLog log;
  private final Executor workers;
  private final LongSupplier nanoClock;
  private final Clock clock;

  private @Nullable Flight current;
  private volatile TargetStatus status;

  TargetRunner(
      String exporter, Target target, Executor workers, LongSupplier nanoClock, Clock clock) {
    this.target = target;
    this.self = new SelfMetrics(exporter, target.name());
    this.log = new FailureLog(exporter, target.name());
    this.workers = workers;
    this.nanoClock = nanoClock;
    this.clock = clock;
    this.status = new TargetStatus(target.name(), null, null);
  }

  Target target() {
    return target;
  }

  TargetStatus status() {
    return status;
  }

  /** Starts a run unless one is under way, so that many targets can be started before any wait. */
  void start(Selection selection, Deadline deadline) {
    begin(selection, deadline);
  }

  /**
   * Waits for the run of this selection; what is not there by the deadline is told as a timeout.
   */
  List<Samples> await(Selection selection, Deadline deadline) {
    while (true) {
      Flight flight = begin(selection, deadline);
      try {
        List<Samples> answer =
            flight.answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        if (flight.selection.equals(selection)) {
          return answer;
        }
      } catch (TimeoutException e) {
        return timedOut(flight, selection, deadline);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return timedOut(flight, selection, deadline);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a run never ends in an exception", e);
      }
    }
  }

  private Flight begin(Selection selection, Deadline deadline) {
    Flight flight;
    synchronized (this) {
      if (current != null) {
        return current;
      }
      flight = new Flight(selection, deadline);
      current = flight;
    }
    try {
      workers.execute(() -> fly(flight));
    } catch (RuntimeException | Error e) {
      end(flight, failure(flight, new ScrapeException(FailureReason.BUG, "no thread: " + e, e)));
    }
    return flight;
  }

  private void fly(Flight flight) {
    List<Samples> answer = List.of();
    try {
      answer = run(flight);
    } catch (Throwable e) {
      // Whatever it is, those who wait are told; an error that takes the JVM down does so
      // elsewhere.
      answer = failure(flight, new ScrapeException(FailureReason.BUG, "the run broke: " + e, e));
    } finally {
      end(flight, answer);
    }
  }

  private List<Samples> run(Flight flight) {
    var visit = new Visit(flight.deadline.earlierBy(HAND_OVER), nanoClock, flight.selection::has);
    ScrapeException failure = null;
    try {
      target.visit(visit);
    } catch (Exception e) {
      failure = ScrapeException.of(e);
    }
    RunReport report = visit.report(target.scrapers(), failure);
    settle(flight, report);
    return samples(report, visit.snapshots());
  }

  private List<Samples> failure(Flight flight, ScrapeException failure) {
    RunReport report =
        new Visit(flight.deadline, nanoClock, flight.selection::has)
            .report(target.scrapers(), failure);
    settle(flight, report);
    return samples(report, List.of());
  }

  private synchronized void end(Flight flight, List<Samples> answer) {
    if (current == flight) {
      current = null;
    }
    flight.answer.complete(answer);
  }

  /** The answer for one who can wait no longer; the run itself goes on until its own timeouts. */
  private List<Samples> timedOut(Flight flight, Selection selection, Deadline deadline) {
    var failure =
        new ScrapeException(FailureReason.TIMEOUT, "no answer within the scrape's deadline");
    RunReport report =
        new Visit(deadline, nanoClock, selection::has).report(target.scrapers(), failure);
    if (flight.deadline.hasPassed()) {
      settle(flight, report);
    }
    return samples(report, List.of());
  }

  /** Counts and logs a run once, however many waited for it and however it ended. */
  private void settle(Flight flight, RunReport report) {
    if (flight.counted.compareAndSet(false, true)) {
      self.count(report);
      log.note(report);
      status = new TargetStatus(target.name(), report, clock.instant());
    }
  }

  private List<Samples> samples(RunReport report, List<Snapshot> snapshots) {
    List<Snapshot> all = new ArrayList<>(snapshots);
    all.add(target.summary(report));
    Samples read = Samples.of(all, target.labels());
    Samples own = Samples.of(List.of(self.of(report, read.duplicates())), ConstantLabels.none());
    return List.of(read, own);
  }
}
