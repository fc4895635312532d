package dev.yagura.core.scrape;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upstream that is asked in the background: its scrapers run one after another in a thread of
 * their own, each when it is due, and a scrape waits for none of them.
 */
public final class PolledTarget implements Target {
  private static final Logger logger = LoggerFactory.getLogger(PolledTarget.class);

  private final String name;
  private final ConstantLabels labels;
  private final List<Polled> scrapers;
  private final Function<RunReport, Snapshot> summary;
  // Guarded by this.
  private @Nullable Thread thread;
  private boolean closed;

  /** Nothing is asked before {@link #start}. */
  public PolledTarget(String name, ConstantLabels labels, List<Polled> scrapers) {
    this(name, labels, scrapers, report -> Snapshot.empty());
  }

  /**
   * Nothing is asked before {@link #start}.
   *
   * @param summary what is shown beside the scrapers' answers, at each scrape
   */
  public PolledTarget(
      String name,
      ConstantLabels labels,
      List<Polled> scrapers,
      Function<RunReport, Snapshot> summary) {
    this.name = name;
    this.labels = labels;
    this.scrapers = List.copyOf(scrapers);
    this.summary = summary;
  }

  /** Begins to poll. */
  public synchronized void start() {
    if (closed || thread != null) {
      throw new IllegalStateException(name + " was started or closed already");
    }
    thread = new Thread(this::poll, "poll-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void poll() {
    while (!isClosed()) {
      try {
        pause(refreshDue());
      } catch (InterruptedException e) {
        // Only the end of this target ends the polling: an interrupt that some library leaves over
        // would otherwise end it for good, and nobody would know.
        logger.debug("{} was interrupted", name);
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** To wake up too early does no harm: what is not due is not asked. */
  private static void pause(Duration atMost) throws InterruptedException {
    LockSupport.parkNanos(atMost.toNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /**
   * Runs what is due, in this thread; for {@link #start}'s thread, or one that has none.
   *
   * @return time until the next one is due
   */
  public Duration refreshDue() throws InterruptedException {
    for (Polled scraper : scrapers) {
      if (scraper.untilDue().isZero()) {
        scraper.refresh();
      }
    }
    Duration least = Duration.ofHours(1);
    for (Polled scraper : scrapers) { // Only now: the last one may have taken long.
      Duration until = scraper.untilDue();
      least = until.compareTo(least) < 0 ? until : least;
    }
    return least;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ConstantLabels labels() {
    return labels;
  }

  @Override
  public List<String> scrapers() {
    return scrapers.stream().map(Polled::name).toList();
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    scrapers.forEach(scraper -> all.addAll(scraper.families()));
    return all;
  }

  @Override
  public void visit(Visit visit) {
    scrapers.forEach(visit::show);
  }

  @Override
  public Snapshot summary(RunReport report) {
    return summary.apply(report);
  }

  /** How the scrapers are that ran at least once; empty before the first did. */
  @Override
  public Optional<RunReport> report() {
    List<ScraperReport> reports =
        scrapers.stream().filter(Polled::hasRun).map(Polled::report).toList();
    return reports.isEmpty() ? Optional.empty() : Optional.of(new RunReport(null, reports, 0));
  }

  /** Ends the polling; what is being asked is not waited for. */
  @Override
  public void close() {
    Thread polling;
    synchronized (this) {
      closed = true;
      polling = thread;
    }
    if (polling != null) {
      polling.interrupt();
    }
  }
}
