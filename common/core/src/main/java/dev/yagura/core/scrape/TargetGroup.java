package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of one exporter, side by side. A thread a target and no queue: a run is one thread
 * that waits for one upstream, so a queue would only let a dead target delay a live one. As a
 * target never runs twice at a time, there are no more threads than targets.
 */
public final class TargetGroup implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(TargetGroup.class);

  private final Map<String, TargetRunner> runners = new LinkedHashMap<>();
  private final ThreadPoolExecutor workers;

  /**
   * Takes over these targets and closes them with itself.
   *
   * @param nanoClock counts nanoseconds
   * @param clock tells when a run ended, for people
   * @throws IllegalArgumentException if two targets have the same name
   */
  public TargetGroup(
      String exporter, List<? extends Target> targets, LongSupplier nanoClock, Clock clock) {
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
    for (Target target : targets) {
      var runner = new TargetRunner(exporter, target, workers, nanoClock, clock);
      if (runners.put(target.name(), runner) != null) {
        throw new IllegalArgumentException("two targets are called " + target.name());
      }
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
  public void close() {
    workers.shutdownNow();
    for (TargetRunner runner : runners.values()) {
      try {
        runner.target().close();
      } catch (RuntimeException e) {
        logger.warn("{} could not be closed", runner.target().name(), e);
      }
    }
  }
}
