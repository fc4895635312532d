package dev.yagura.testing.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.LeakCheck;
import dev.yagura.testing.ParsedExposition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What runs in the background is shown with its age, and is gone when it is too old. */
@ExtendWith(LeakCheck.class)
class PolledTargetTest {
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final Duration MAX_AGE = Duration.ofMinutes(12);
  private static final List<Family<Integer>> ANSWER =
      List.of(Family.gauge("upstream_answer", "What the upstream says.", answer -> answer));

  private final FakeClock clock = FakeClock.at(Instant.parse("2026-11-25T00:00:00Z"));
  private int calls;
  private Callable<Integer> upstream = () -> 42;

  private final Scraper scraper =
      new Scraper() {
        @Override
        public String name() {
          return "question";
        }

        @Override
        public List<? extends Family<?>> families() {
          return ANSWER;
        }

        @Override
        public Snapshot scrape(Deadline deadline) throws Exception {
          calls++;
          return Snapshot.of(ANSWER, upstream.call());
        }
      };

  private final PolledTarget target =
      new PolledTarget(
          "upstream",
          ConstantLabels.none(),
          List.of(
              new Polled(
                  scraper, Schedule.every(INTERVAL), MAX_AGE, Duration.ofMinutes(1), clock)));

  private final TargetGroup group = new TargetGroup("test", List.of(target), clock, clock);

  @AfterEach
  void end() {
    group.close();
  }

  private ParsedExposition scrape() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(20), clock);
    return Expositions.parse(
        Expositions.render(group.scrape(Optional.empty(), Selection.all(), deadline)));
  }

  private OptionalDouble self(String family) {
    return scrape().value(family, "exporter", "test", "scraper", "question", "target", "upstream");
  }

  private OptionalDouble answer() {
    return scrape().value("upstream_answer");
  }

  private void pass(Duration time) throws InterruptedException {
    clock.advance(time);
    target.refreshDue();
  }

  @Test
  void aScrapeAsksNothing() throws Exception {
    target.refreshDue();
    scrape();
    scrape();

    assertThat(calls).isEqualTo(1);
    assertThat(answer()).hasValue(42);
  }

  @Test
  void itIsAskedAgainWhenItIsDueAndNotBefore() throws Exception {
    assertThat(target.refreshDue()).isEqualTo(INTERVAL);
    pass(INTERVAL.minusSeconds(1));
    assertThat(calls).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void itsAgeGrowsUntilTheNextAnswer() throws Exception {
    target.refreshDue();
    clock.advance(Duration.ofSeconds(90));
    assertThat(self("yagura_snapshot_age_seconds")).hasValue(90);
    pass(INTERVAL);
    assertThat(self("yagura_snapshot_age_seconds")).hasValue(0);
  }

  @Test
  void aFailureIsToldAndLeavesTheLastAnswerUntilItIsTooOld() throws Exception {
    target.refreshDue();
    upstream =
        () -> {
          throw new ScrapeException(FailureReason.THROTTLED, "slow down");
        };
    pass(INTERVAL);
    assertThat(answer()).hasValue(42);
    assertThat(self("yagura_scrape_success")).hasValue(0);
    pass(MAX_AGE.minus(INTERVAL));
    assertThat(answer()).hasValue(42);
    pass(Duration.ofSeconds(1));
    assertThat(answer()).isEmpty();
    assertThat(self("yagura_snapshot_age_seconds")).hasValue(MAX_AGE.toSeconds() + 1.0);
  }

  @Test
  void aFailureIsCountedOnceHoweverOftenItIsSeen() throws Exception {
    upstream =
        () -> {
          throw new ScrapeException(FailureReason.DENIED, "no");
        };
    target.refreshDue();
    scrape();

    assertThat(
            scrape()
                .value(
                    "yagura_scrape_failures_total",
                    "exporter",
                    "test",
                    "reason",
                    "denied",
                    "scraper",
                    "question",
                    "target",
                    "upstream"))
        .hasValue(1);
  }

  @Test
  void afterAFailureItIsAskedSoonerAndThenEverMoreRarely() throws Exception {
    upstream =
        () -> {
          throw new ScrapeException(FailureReason.UNREACHABLE, "gone");
        };
    assertThat(target.refreshDue()).isEqualTo(Duration.ofSeconds(15));
    clock.advance(Duration.ofSeconds(15));
    assertThat(target.refreshDue()).isEqualTo(Duration.ofSeconds(30));
    for (int i = 0; i < 60; i++) {
      clock.advance(INTERVAL);
      target.refreshDue();
    }
    assertThat(target.refreshDue()).isEqualTo(INTERVAL);
  }

  @Test
  void beforeTheFirstAnswerThereIsNothingToSay() {
    assertThat(scrape().samples()).allMatch(one -> !one.labels().containsKey("scraper"));
  }

  @Test
  void whatIsNotSupportedIsNoFailureAndShowsNothing() throws Exception {
    upstream =
        () -> {
          throw new UnsupportedException("needs more");
        };
    target.refreshDue();

    assertThat(self("yagura_scrape_success")).hasValue(1);
    assertThat(self("yagura_scrape_unsupported")).hasValue(1);
    assertThat(answer()).isEmpty();
  }

  @Test
  void aFaultOfOursIsOneFailureAndItGoesOn() throws Exception {
    upstream =
        () -> {
          throw new IllegalStateException("oops");
        };
    target.refreshDue();
    assertThat(self("yagura_scrape_success")).hasValue(0);
    upstream = () -> 43;
    pass(INTERVAL);
    assertThat(answer()).hasValue(43);
  }

  @Test
  void aFrozenUpstreamDelaysNoScrapeAndEndsWithTheTarget() throws Exception {
    var frozen = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    upstream =
        () -> {
          asked.countDown();
          frozen.await();
          return 1;
        };
    target.start();
    asked.await();
    assertThat(scrape().samples("upstream_answer")).isEmpty();
    // Its thread ends with the group, or the leak check fails.
  }

  @Test
  void anInterruptThatALibraryLeavesOverDoesNotEndThePolling() throws Exception {
    var asked = new CountDownLatch(2);
    upstream =
        () -> {
          asked.countDown();
          throw new InterruptedException("left over");
        };
    var often = new Polled(scraper, failures -> Duration.ZERO, MAX_AGE, MAX_AGE, clock);
    try (var polled = new PolledTarget("often", ConstantLabels.none(), List.of(often))) {
      polled.start();

      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theTimeThatOneScraperTakesIsNotAddedToTheIntervalOfAnother() throws Exception {
    upstream =
        () -> {
          clock.advance(Duration.ofMinutes(2));
          return 42;
        };
    var two =
        new PolledTarget(
            "two",
            ConstantLabels.none(),
            List.of(
                new Polled(
                    scraper, Schedule.every(INTERVAL), MAX_AGE, Duration.ofMinutes(1), clock),
                new Polled(
                    scraper, Schedule.every(INTERVAL), MAX_AGE, Duration.ofMinutes(1), clock)));

    assertThat(two.refreshDue()).isEqualTo(INTERVAL.minus(Duration.ofMinutes(2)));
  }

  @Test
  void aScrapeThatRunsOutOfTimeSaysSoAndBreaksNothing() throws Exception {
    var asked = new AtomicInteger();
    var release = new CountDownLatch(1);
    var slow =
        new PolledTarget(
            "slow",
            ConstantLabels.none(),
            List.of(
                new Polled(
                    scraper, Schedule.every(INTERVAL), MAX_AGE, Duration.ofMinutes(1), clock)),
            report -> {
              if (asked.incrementAndGet() == 2) {
                awaitQuietly(release);
              }
              return Snapshot.empty();
            });
    try (var targets = new TargetGroup("test", List.of(slow), System::nanoTime, clock)) {
      slow.refreshDue();
      for (int scrape = 1; scrape <= 2; scrape++) {
        Deadline deadline = Deadline.after(Duration.ofMillis(300), System::nanoTime);
        ParsedExposition scraped =
            Expositions.parse(
                Expositions.render(targets.scrape(Optional.empty(), Selection.all(), deadline)));
        assertThat(scraped.value("yagura_scrape_success")).isPresent();
      }
    } finally {
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
