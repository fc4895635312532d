package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run over a target: it times each scraper, keeps one's failure from the others, and collects
 * what they answer. Used by one thread.
 */
public final class Visit {
  private final Deadline deadline;
  private final LongSupplier nanoClock;
  private final Predicate<String> wanted;
  private final long start;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final Map<String, ScraperReport> reports = new LinkedHashMap<>();
  private final Set<String> silent = new HashSet<>();

  /**
   * A run of the scrapers whose names are wanted.
   *
   * @param nanoClock counts nanoseconds, and is the deadline's
   */
  public Visit(Deadline deadline, LongSupplier nanoClock, Predicate<String> wanted) {
    this.deadline = deadline;
    this.nanoClock = nanoClock;
    this.wanted = wanted;
    this.start = nanoClock.getAsLong();
  }

  /** By when this run must have ended. */
  public Deadline deadline() {
    return deadline;
  }

  /** Whether this run is to call a scraper of this name, so that nothing is opened in vain. */
  public boolean wants(String scraper) {
    return wanted.test(scraper);
  }

  /**
   * Runs a scraper, unless it is not wanted or the deadline has passed. A scraper may run several
   * times in a visit, once a database: it then succeeded if it did so every time.
   */
  public void run(Scraper scraper) {
    if (!wanted.test(scraper.name())) {
      return;
    }
    long begin = nanoClock.getAsLong();
    Exception cause = null;
    try {
      if (deadline.hasPassed()) {
        throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to start");
      }
      snapshots.add(scraper.scrape(deadline).verified());
    } catch (UnsupportedException e) {
      cause = e;
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      cause = ScrapeException.of(e);
    }
    report(new ScraperReport(scraper.name(), cause, seconds(begin)));
  }

  /** Shows what a scraper in the background last answered; asks nothing. */
  void show(Polled polled) {
    if (!wanted.test(polled.name())) {
      return;
    }
    if (!polled.hasRun()) {
      silent.add(polled.name());
      return;
    }
    snapshots.add(polled.snapshot());
    report(polled.report());
  }

  /** Notes a failure that is not of the scraper's own doing, such as a database that is gone. */
  public void fail(String scraper, ScrapeException failure) {
    if (wanted.test(scraper)) {
      report(new ScraperReport(scraper, failure, 0));
    }
  }

  private void report(ScraperReport report) {
    reports.merge(report.scraper(), report, Visit::worse);
  }

  private static ScraperReport worse(ScraperReport one, ScraperReport other) {
    ScraperReport worst = other.outcome().compareTo(one.outcome()) > 0 ? other : one;
    return new ScraperReport(worst.scraper(), worst.cause(), one.seconds() + other.seconds());
  }

  private double seconds(long since) {
    return (nanoClock.getAsLong() - since) / 1e9;
  }

  /** What the scrapers answered so far. */
  public List<Snapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  /**
   * The report of this run, complete: a scraper that did not run failed for the target's reason,
   * but one in the background that has not run yet has nothing to report.
   *
   * @param all the names that must report
   * @param failure why the target could not be opened; null where it was
   */
  public RunReport report(List<String> all, @Nullable ScrapeException failure) {
    List<ScraperReport> complete = new ArrayList<>();
    for (String scraper : all) {
      if (!wanted.test(scraper) || silent.contains(scraper)) {
        continue;
      }
      ScraperReport report = reports.get(scraper);
      if (report == null) {
        ScrapeException cause =
            failure == null ? new ScrapeException(FailureReason.BUG, "it was never run") : failure;
        report = new ScraperReport(scraper, cause, 0);
      }
      complete.add(report);
    }
    return new RunReport(failure, complete, seconds(start));
  }
}
