package dev.yagura.core.scrape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one run over a target went.
 *
 * @param failure why the target could not be opened; null where it was
 * @param scrapers one report a scraper, in the order in which they run
 * @param seconds the whole run took
 */
public record RunReport(
    @Nullable ScrapeException failure, List<ScraperReport> scrapers, double seconds) {

  public RunReport {
    scrapers = List.copyOf(scrapers);
  }

  /** Whether the target was opened, whatever its scrapers then said. */
  public boolean reached() {
    return failure == null;
  }

  /** This run's view of the scrapers that it was about, and an older run's of the others. */
  RunReport over(RunReport older) {
    Map<String, ScraperReport> newest = new LinkedHashMap<>();
    older.scrapers.forEach(report -> newest.put(report.scraper(), report));
    scrapers.forEach(report -> newest.put(report.scraper(), report));
    return new RunReport(failure, List.copyOf(newest.values()), seconds);
  }

  /** How a scraper ended. */
  public enum Outcome {
    SUCCESS,
    UNSUPPORTED,
    FAILED
  }

  /**
   * How a scraper is that runs in the background.
   *
   * @param ageSeconds of its last answer; null before the first
   * @param failures since it exists
   */
  public record Poll(@Nullable Double ageSeconds, Map<FailureReason, Long> failures) {}

  /**
   * How one scraper went.
   *
   * @param cause an {@link UnsupportedException} or a {@link ScrapeException}; null after a success
   * @param seconds it took
   * @param poll how it is, if it runs in the background; null if it ran in this scrape
   */
  public record ScraperReport(
      String scraper, @Nullable Exception cause, double seconds, @Nullable Poll poll) {

    /** How a scraper went that ran in this scrape. */
    public ScraperReport(String scraper, @Nullable Exception cause, double seconds) {
      this(scraper, cause, seconds, null);
    }

    public Outcome outcome() {
      if (cause == null) {
        return Outcome.SUCCESS;
      }
      return cause instanceof UnsupportedException ? Outcome.UNSUPPORTED : Outcome.FAILED;
    }

    /** Whether the answer is whole; an upstream that lacks the feature has nothing to answer. */
    public boolean success() {
      return outcome() != Outcome.FAILED;
    }

    /** Why it failed; null unless it did. */
    public @Nullable FailureReason reason() {
      return cause instanceof ScrapeException failure ? failure.reason() : null;
    }

    /** What a person is told; null after a success. */
    public @Nullable String message() {
      return cause == null ? null : cause.getMessage();
    }
  }
}
