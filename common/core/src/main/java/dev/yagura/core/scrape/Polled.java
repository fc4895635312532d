package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport.Poll;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A scraper that runs in the background, because its upstream is billed or throttled. A scrape gets
 * the last answer, with its age; one that is too old is gone. A failure leaves the last answer
 * until then. For any thread, but refreshed by one at a time.
 */
public final class Polled {
  private final Scraper scraper;
  private final Schedule schedule;
  private final Duration maxAge;
  private final Duration patience;
  private final LongSupplier nanoClock;

  // Guarded by this.
  private final Map<FailureReason, Long> failures = new EnumMap<>(FailureReason.class);
  private Snapshot snapshot = Snapshot.empty();
  private boolean answered;
  private long answeredAt;
  private boolean ran;
  private @Nullable Exception cause;
  private double seconds;
  private int failuresInARow;
  private long dueAt;

  /**
   * Due at once.
   *
   * @param maxAge after which an answer is no longer shown
   * @param patience with one refresh
   * @param nanoClock counts nanoseconds
   */
  public Polled(
      Scraper scraper,
      Schedule schedule,
      Duration maxAge,
      Duration patience,
      LongSupplier nanoClock) {
    this.scraper = scraper;
    this.schedule = schedule;
    this.maxAge = maxAge;
    this.patience = patience;
    this.nanoClock = nanoClock;
    this.dueAt = nanoClock.getAsLong();
  }

  /** The scraper's own name. */
  public String name() {
    return scraper.name();
  }

  /** What the scraper may emit. */
  public List<? extends Family<?>> families() {
    return scraper.families();
  }

  /** Time until it is to be refreshed; zero if it is due. */
  synchronized Duration untilDue() {
    return Duration.ofNanos(Math.max(0, dueAt - nanoClock.getAsLong()));
  }

  /**
   * Asks the upstream.
   *
   * @throws InterruptedException if this thread is to end
   */
  void refresh() throws InterruptedException {
    long begin = nanoClock.getAsLong();
    Snapshot fresh = null;
    Exception failed = null;
    try {
      fresh = scraper.scrape(Deadline.after(patience, nanoClock)).verified();
    } catch (InterruptedException e) {
      note(begin, null, ScrapeException.of(e));
      throw e;
    } catch (UnsupportedException e) {
      failed = e;
    } catch (Exception | Error e) {
      failed = ScrapeException.of(e);
    }
    note(begin, fresh, failed);
  }

  private synchronized void note(long begin, @Nullable Snapshot fresh, @Nullable Exception failed) {
    long now = nanoClock.getAsLong();
    ran = true;
    cause = failed;
    seconds = (now - begin) / 1e9;
    if (failed instanceof ScrapeException failure) {
      failures.merge(failure.reason(), 1L, Long::sum);
      failuresInARow++;
    } else {
      failuresInARow = 0;
      snapshot = fresh == null ? Snapshot.empty() : fresh;
      answered = true;
      answeredAt = now;
    }
    dueAt = now + schedule.untilNext(failuresInARow).toNanos();
  }

  /** Whether it ran at all: before that there is nothing to say of it. */
  synchronized boolean hasRun() {
    return ran;
  }

  /** The last answer; empty if there is none, or none that is young enough. */
  synchronized Snapshot snapshot() {
    return answered && age().compareTo(maxAge) <= 0 ? snapshot : Snapshot.empty();
  }

  /** How the last refresh went. */
  synchronized ScraperReport report() {
    Double age = answered ? age().toNanos() / 1e9 : null;
    return new ScraperReport(name(), cause, seconds, new Poll(age, Map.copyOf(failures)));
  }

  private Duration age() {
    return Duration.ofNanos(nanoClock.getAsLong() - answeredAt);
  }
}
