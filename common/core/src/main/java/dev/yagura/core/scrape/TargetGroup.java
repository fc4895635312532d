package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The targets of one exporter, side by side. A thread a target and no queue: a run is one thread
 * that waits for one upstream, so a queue would only let a dead target delay a live one. As a
 * target never runs twice at a time, there are no more threads than targets.
 */
public final class TargetGroup implements AutoCloseable {
  private final String exporter;
  private final LongSupplier nanoClock;
  private final Clock clock;
  private final ThreadPoolExecutor workers;
  // Never changed, but replaced by another one.
  private volatile Map<String, TargetRunner> runners = Map.of();
  private boolean closed;

  /**
   * Takes over these targets and closes them with itself.
   *
   * @param nanoClock counts nanoseconds
   * @param clock tells when a run ended, for people
   * @throws IllegalArgumentException if two targets have the same name
   */
  public TargetGroup(
      String exporter, List<? extends Target> targets, LongSupplier nanoClock, Clock clock) {
    this.exporter = exporter;
    this.nanoClock = nanoClock;
    this.clock = clock;
    var number = new AtomicInteger();
    workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "scrape-" + exporter + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    replace(targets);
  }

  /**
   * Puts these targets in place of those that are there, while scrapes go on. One that is there
   * already stays as it is, with what is known of its failures; one that is not among these is
   * closed, when the scrape of it that is under way has ended. After {@link #close} all are closed.
   *
   * @throws IllegalArgumentException if two targets have the same name; then nothing is replaced
   */
  public synchronized void replace(List<? extends Target> targets) {
    Map<String, TargetRunner> before = runners;
    Map<String, TargetRunner> after = new LinkedHashMap<>();
    for (Target target : targets) {
      TargetRunner known = before.get(target.name());
      TargetRunner runner =
          known != null && known.target() == target
              ? known
              : new TargetRunner(exporter, target, workers, nanoClock, clock);
      if (after.put(target.name(), runner) != null) {
        throw new IllegalArgumentException("two targets are called " + target.name());
      }
    }
    runners = Collections.unmodifiableMap(after);
    before.values().stream()
        .filter(runner -> after.get(runner.target().name()) != runner)
        .forEach(TargetRunner::retire);
    if (closed) {
      runners = Map.of();
      after.values().forEach(TargetRunner::retire);
    }
  }

  public boolean has(String target) {
    return runners.containsKey(target);
  }

  /** Every scraper of every target, each name once. */
  public List<String> scrapers() {
    return runners.values().stream()
        .flatMap(runner -> runner.target().scrapers().stream())
        .distinct()
        .toList();
  }

  /** Everything the targets may emit and what is said of their scrapes. */
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    runners.values().forEach(runner -> all.addAll(runner.target().families()));
    all.addAll(SelfMetrics.families());
    return all;
  }

  /**
   * Begins to scrape all targets, or the one named; never blocks.
   *
   * @param only the name of the one target to scrape
   */
  public Pending start(Optional<String> only, Selection selection, Deadline deadline) {
    List<Pending> started =
        runners.entrySet().stream()
            .filter(entry -> only.isEmpty() || only.get().equals(entry.getKey()))
            .map(entry -> entry.getValue().start(selection, deadline))
            .toList();
    return () -> started.stream().flatMap(pending -> pending.await().stream()).toList();
  }

  /** Scrapes all targets, or the one named; never throws and never ends after the deadline. */
  public List<Samples> scrape(Optional<String> only, Selection selection, Deadline deadline) {
    return start(only, selection, deadline).await();
  }

  /** One status a target, in the order of the configuration. */
  public List<TargetStatus> status() {
    return runners.values().stream().map(TargetRunner::status).toList();
  }

  @Override
  public synchronized void close() {
    closed = true;
    workers.shutdownNow();
    runners.values().forEach(TargetRunner::closeTarget);
  }
}
