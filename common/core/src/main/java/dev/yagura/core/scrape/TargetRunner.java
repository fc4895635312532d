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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one target, never twice at a time. A scrape that comes while another is under way waits for
 * that one's answer, and none waits past its own deadline, whatever the target does.
 */
final class TargetRunner {
  private static final Logger logger = LoggerFactory.getLogger(TargetRunner.class);

  /** What a run leaves over of its deadline, so that its answer still reaches those who wait. */
  private static final Duration HAND_OVER = Duration.ofMillis(100);

  /** A run on its way. */
  private static final class Flight {
    private final Selection selection;
    private final Deadline deadline;
    private final CompletableFuture<List<Samples>> answer = new CompletableFuture<>();
    private final AtomicBoolean counted = new AtomicBoolean();
    private final Visit waiting;

    Flight(Selection selection, Deadline deadline, Visit waiting) {
      this.selection = selection;
      this.deadline = deadline;
      this.waiting = waiting;
    }
  }

  /** A run that one waits for; its answer is taken if it is good for the one who waits. */
  private record Boarding(Flight flight, boolean good) {}

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
    return target
        .report()
        .map(report -> new TargetStatus(target.name(), report, null))
        .orElse(status);
  }

  /**
   * Begins to scrape, so that many targets can be started before any wait: a run of this selection,
   * unless one is under way.
   */
  Pending start(Selection selection, Deadline deadline) {
    // What is not there by the deadline is told by this, as a timeout.
    var waiting = new Visit(deadline, nanoClock, selection::has);
    Boarding first = board(selection, waiting);
    return () -> await(first, waiting, selection);
  }

  private List<Samples> await(Boarding first, Visit waiting, Selection selection) {
    Deadline deadline = waiting.deadline();
    Boarding boarding = first;
    try {
      while (true) {
        List<Samples> answer =
            boarding.flight.answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        if (boarding.good) {
          return answer;
        }
        if (deadline.hasPassed()) {
          return timedOut(boarding.flight, waiting);
        }
        boarding = board(selection, waiting);
      }
    } catch (TimeoutException e) {
      return timedOut(boarding.flight, waiting);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return timedOut(boarding.flight, waiting);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run never ends in an exception", e);
    }
  }

  /**
   * Starts a run, or joins the one under way. The answer of a run for others is good for us if it
   * is about the same scrapers, and if it was not late already: nobody knows how old a stuck run's
   * answer is when it comes at last.
   */
  private Boarding board(Selection selection, Visit waiting) {
    Flight flight;
    synchronized (this) {
      if (current != null) {
        boolean good = current.selection.equals(selection) && !current.deadline.hasPassed();
        return new Boarding(current, good);
      }
      flight = new Flight(selection, waiting.deadline(), waiting);
      current = flight;
    }
    try {
      workers.execute(() -> fly(flight));
    } catch (RuntimeException | Error e) {
      land(flight, () -> broken(flight, new IllegalStateException("no thread", e)));
    }
    return new Boarding(flight, true);
  }

  private void fly(Flight flight) {
    land(
        flight,
        () -> {
          try {
            return run(flight);
          } catch (Throwable e) {
            // Whatever it is, those who wait are told; an error that takes the JVM down does so
            // elsewhere.
            return broken(flight, e);
          }
        });
  }

  private void land(Flight flight, Supplier<List<Samples>> run) {
    List<Samples> answer = List.of();
    try {
      answer = run.get();
    } finally {
      synchronized (this) {
        current = null;
        flight.answer.complete(answer);
      }
    }
  }

  private List<Samples> run(Flight flight) {
    var visit = new Visit(flight.deadline.earlierBy(HAND_OVER), nanoClock, flight.selection::has);
    ScrapeException failure = null;
    try {
      target.visit(visit);
    } catch (Exception | Error e) {
      failure = ScrapeException.of(e);
    }
    RunReport report = visit.report(target.scrapers(), failure);
    List<Snapshot> all = new ArrayList<>(visit.snapshots());
    all.add(target.summary(report));
    Samples read = Samples.of(all, target.labels());
    settle(flight, report);
    return List.of(read, own(report, read.duplicates()));
  }

  private List<Samples> broken(Flight flight, Throwable fault) {
    var failure = new ScrapeException(FailureReason.BUG, "the run broke: " + fault, fault);
    RunReport report =
        new Visit(flight.deadline, nanoClock, flight.selection::has)
            .report(target.scrapers(), failure);
    settle(flight, report);
    return failed(report);
  }

  /** The answer for one who can wait no longer; the run itself goes on until its own timeouts. */
  private List<Samples> timedOut(Flight flight, Visit waiting) {
    var failure =
        new ScrapeException(FailureReason.TIMEOUT, "no answer within the scrape's deadline");
    List<String> scrapers = target.scrapers();
    if (flight.deadline.hasPassed()) {
      settle(flight, flight.waiting.report(scrapers, failure));
    }
    return failed(waiting.report(scrapers, failure));
  }

  /** Counts and logs a run once, however many waited for it and however it ended. */
  private void settle(Flight flight, RunReport report) {
    if (flight.counted.compareAndSet(false, true)) {
      self.count(report);
      log.note(report);
      RunReport before = status.report();
      RunReport whole = before == null ? report : report.over(before);
      status = new TargetStatus(target.name(), whole, clock.instant());
    }
  }

  /** What is said of a run that read nothing. */
  private List<Samples> failed(RunReport report) {
    Snapshot summary;
    try {
      summary = target.summary(report).verified();
    } catch (RuntimeException | Error e) {
      logger.error("{}: the summary of a failed scrape broke", target.name(), e);
      summary = Snapshot.empty();
    }
    return List.of(Samples.of(List.of(summary), target.labels()), own(report, 0));
  }

  private Samples own(RunReport report, int duplicates) {
    return Samples.of(List.of(self.of(report, duplicates)), ConstantLabels.none());
  }
}
