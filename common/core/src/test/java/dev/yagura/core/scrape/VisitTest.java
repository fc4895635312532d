package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport.Outcome;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VisitTest {
  private final AtomicLong clock = new AtomicLong();
  private final Visit visit =
      new Visit(Deadline.after(Duration.ofSeconds(10), clock::get), clock::get, name -> true);

  private static Scraper failing(String name, Throwable fault) {
    return FakeTarget.scraper(
        name,
        deadline -> {
          if (fault instanceof Error error) {
            throw error;
          }
          throw (Exception) fault;
        });
  }

  private RunReport report(String... all) {
    return visit.report(List.of(all), null);
  }

  private FailureReason reason(String scraper) {
    return Objects.requireNonNull(report(scraper).scrapers().get(0).reason());
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new TimeoutException(), FailureReason.TIMEOUT),
        Arguments.of(new SocketTimeoutException("slow"), FailureReason.TIMEOUT),
        Arguments.of(new HttpTimeoutException("slow"), FailureReason.TIMEOUT),
        Arguments.of(new IOException("reset"), FailureReason.UNREACHABLE),
        Arguments.of(new ScrapeException(FailureReason.DENIED, "no"), FailureReason.DENIED),
        Arguments.of(new ScrapeException(FailureReason.THROTTLED, "no"), FailureReason.THROTTLED),
        Arguments.of(new ScrapeException(FailureReason.INVALID, "no"), FailureReason.INVALID),
        Arguments.of(new IllegalStateException(), FailureReason.BUG),
        Arguments.of(new StackOverflowError(), FailureReason.BUG));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultHasItsReasonInTheClosedSet(Throwable fault, FailureReason reason) {
    visit.run(failing("one", fault));
    assertThat(reason("one")).isEqualTo(reason);
  }

  @Test
  void theReasonsAreTheDocumentedOnes() {
    assertThat(Stream.of(FailureReason.values()).map(FailureReason::label))
        .containsExactly("timeout", "unreachable", "denied", "throttled", "invalid", "bug");
  }

  @Test
  void oneScrapersFailureLeavesTheOthers() {
    visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(1)));
    visit.run(failing("two", new StackOverflowError()));
    visit.run(failing("three", new IOException("reset")));
    visit.run(FakeTarget.scraper("four", deadline -> FakeTarget.value(4)));
    assertThat(report("one", "two", "three", "four").scrapers())
        .extracting(RunReport.ScraperReport::success)
        .containsExactly(true, false, false, true);
    assertThat(visit.snapshots()).hasSize(2);
  }

  @Test
  void aScraperThatIsNotSupportedIsNoFailure() {
    visit.run(failing("one", new UnsupportedException("needs 14")));
    var report = report("one").scrapers().get(0);
    assertThat(report.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(report.success()).isTrue();
    assertThat(report.message()).isEqualTo("needs 14");
  }

  @Test
  void aValueThatCannotBeReadIsTheFaultOfItsScraperAlone() {
    Family<String> family = Family.gauge("g", "Help.", Integer::valueOf);
    Family<String> labelled =
        Family.<String>gauge("h", "Help.", row -> 1)
            .labels(LabelSet.of("first", row -> row.substring(5)));
    visit.run(FakeTarget.scraper("value", deadline -> Snapshot.of(List.of(family), "x")));
    visit.run(FakeTarget.scraper("label", deadline -> Snapshot.of(List.of(labelled), "x")));
    visit.run(FakeTarget.scraper("good", deadline -> FakeTarget.value(1)));
    assertThat(report("value", "label", "good").scrapers())
        .extracting(RunReport.ScraperReport::reason)
        .containsExactly(FailureReason.BUG, FailureReason.BUG, null);
    assertThat(visit.snapshots()).hasSize(1);
  }

  @Test
  void aScraperIsTimed() {
    visit.run(
        FakeTarget.scraper(
            "one",
            deadline -> {
              clock.addAndGet(1_500_000_000);
              return Snapshot.empty();
            }));
    assertThat(report("one").scrapers().get(0).seconds()).isEqualTo(1.5);
    assertThat(report("one").seconds()).isEqualTo(1.5);
  }

  @Test
  void noScraperIsStartedOnceTheDeadlineHasPassed() {
    clock.addAndGet(Duration.ofSeconds(10).toNanos());
    visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(1)));
    assertThat(reason("one")).isEqualTo(FailureReason.TIMEOUT);
    assertThat(visit.snapshots()).isEmpty();
  }

  @Test
  void aScraperThatRanOnceADatabaseSucceededIfItAlwaysDid() {
    visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(1)));
    visit.fail("one", new ScrapeException(FailureReason.UNREACHABLE, "gone"));
    visit.run(FakeTarget.scraper("one", deadline -> FakeTarget.value(2)));
    assertThat(report("one").scrapers()).hasSize(1);
    assertThat(reason("one")).isEqualTo(FailureReason.UNREACHABLE);
  }

  @Test
  void whatDidNotRunFailedForTheTargetsReason() {
    visit.run(FakeTarget.scraper("one", deadline -> Snapshot.empty()));
    var failure = new ScrapeException(FailureReason.DENIED, "wrong password");
    RunReport report = visit.report(List.of("one", "two"), failure);
    assertThat(report.reached()).isFalse();
    assertThat(report.scrapers())
        .extracting(RunReport.ScraperReport::reason)
        .containsExactly(null, FailureReason.DENIED);
  }

  @Test
  void aScraperThatTheTargetForgotIsABug() {
    assertThat(reason("forgotten")).isEqualTo(FailureReason.BUG);
  }

  @Test
  void whatIsNotWantedNeitherRunsNorReports() {
    var some =
        new Visit(Deadline.after(Duration.ofSeconds(10), clock::get), clock::get, "two"::equals);
    some.run(failing("one", new IllegalStateException()));
    some.fail("one", new ScrapeException(FailureReason.DENIED, "no"));
    some.run(FakeTarget.scraper("two", deadline -> FakeTarget.value(2)));
    assertThat(some.wants("one")).isFalse();
    assertThat(some.report(List.of("one", "two"), null).scrapers())
        .extracting(RunReport.ScraperReport::scraper)
        .containsExactly("two");
  }
}
