package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.yagura.cloudfront.report.ReportPages;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.page.Note;
import dev.yagura.testing.Await;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reload starts the new exporter while the old one still has the state. */
@ExtendWith(LeakCheck.class)
class HandoverTest {
  private static final Map<String, List<String>> DISTRIBUTION =
      Map.of("distribution", List.of(OneLog.DISTRIBUTION));

  @TempDir private Path folder;

  private Path state;
  private LogFolder logs;

  @BeforeEach
  void aLog() throws Exception {
    state = folder.resolve("state");
    logs = new LogFolder(folder.resolve("logs"));
    logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.any(1));
  }

  @Test
  void theNewOneWaitsForTheStateAndThenShowsWhatTheOldOneCounted() throws Exception {
    try (Watch old = Watch.of(state, logs).awaitFiles(1);
        Watch fresh = Watch.of(state, logs)) {
      String counted = old.text();
      assertThat(fresh.notes())
          .containsExactly(
              new Note("state", Note.State.IDLE, "Waits for the state folder.", List.of()));
      assertThatIOException()
          .isThrownBy(() -> fresh.page(ReportPages.PATH + ".json", DISTRIBUTION))
          .withMessage("the state is not open yet");
      old.retire();
      assertThat(fresh.awaitFiles(1).text()).isEqualTo(counted);
      assertThat(fresh.page(ReportPages.PATH + ".json", DISTRIBUTION).status()).isEqualTo(200);
    }
  }

  @Test
  void aScrapeThatCannotWaitShowsNothingAndOneThatCanShowsAll() throws Exception {
    try (Watch old = Watch.of(state, logs).awaitFiles(1);
        Watch fresh = Watch.of(state, logs)) {
      assertThat(fresh.start(Duration.ZERO).await()).isEmpty();
      var patient = new FutureTask<List<Samples>>(() -> fresh.start(Await.PATIENCE).await());
      Thread waiting = new Thread(patient, "patient-scrape");
      waiting.start();
      Await.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
      old.retire();
      String shown = Expositions.render(patient.get(10, TimeUnit.SECONDS));
      assertThat(
              Expositions.parse(shown)
                  .value("cloudfront_requests_total", "distribution", OneLog.DISTRIBUTION))
          .hasValue(10);
    }
  }

  @Test
  void theOldOneGoesOnUntilItIsClosedAndNothingIsCountedTwice() throws Exception {
    try (Watch old = Watch.of(state, logs).awaitFiles(1);
        Watch fresh = Watch.of(state, logs)) {
      logs.put(LogFolder.name(OneLog.DISTRIBUTION, 2), OneLog.any(2));
      old.awaitFiles(2);
      old.retire();
      logs.put(LogFolder.name(OneLog.DISTRIBUTION, 3), OneLog.any(3));
      fresh.awaitFiles(3);
      assertThat(fresh.scrape().value("cloudfront_requests_total")).hasValue(30);
    }
  }

  @Test
  void oneThatIsClosedWhileItWaitsLeavesTheStateAlone() throws Exception {
    try (Watch old = Watch.of(state, logs).awaitFiles(1)) {
      var before = LeakCheck.threads();
      String counted = old.text();
      Watch never = Watch.of(state, logs);
      never.retire();
      before.assertNoNewThreads();
      assertThat(never.start(Await.PATIENCE).await()).isEmpty();
      assertThat(old.text()).isEqualTo(counted);
    }
  }

  @Test
  void ofThreeTheOneThatIsNotClosedGetsTheState() throws Exception {
    try (Watch old = Watch.of(state, logs).awaitFiles(1);
        Watch passed = Watch.of(state, logs);
        Watch last = Watch.of(state, logs)) {
      String counted = old.text();
      passed.retire();
      old.retire();
      assertThat(last.awaitFiles(1).text()).isEqualTo(counted);
    }
  }

  @Test
  void aStateThatCannotBeTakenOverIsToldOnThePage() throws Exception {
    try (Watch old = Watch.of(state, logs).awaitFiles(1);
        Watch fresh = Watch.of(state, logs)) {
      // Another file: the one that is held is not touched.
      Path junk = Files.writeString(state.resolve("junk"), "no database".repeat(100));
      Files.move(junk, state.resolve("cloudfront.db"), StandardCopyOption.REPLACE_EXISTING);
      old.retire();
      Await.until("the trouble is told", () -> fresh.notes().get(0).state() == Note.State.BAD);
      assertThat(fresh.note("state").text()).contains("is not an SQLite database");
      assertThat(fresh.start(Await.PATIENCE).await()).isEmpty();
    }
  }

  /** Calls back at one of the moments at which the hand-over asks for the time. */
  private static final class Moments extends Clock {
    private final Clock clock = FakeClock.at(Watch.NOW);
    private final AtomicInteger left;
    private final Runnable then;

    Moments(int before, Runnable then) {
      this.left = new AtomicInteger(before);
      this.then = then;
    }

    boolean cameTo() {
      return left.get() < 0;
    }

    @Override
    public Instant instant() {
      if (Thread.currentThread().getName().equals("cloudfront-handover")
          && left.getAndDecrement() == 0) {
        then.run();
      }
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void closedInTheMidstOfTheHandoverItLeavesNoThreadAndNoLock() throws Exception {
    int moments = 0;
    boolean more = true;
    while (more) {
      var before = LeakCheck.threads();
      var exporter = new AtomicReference<CloudFrontExporter>();
      var clock = new Moments(moments, () -> closeIn(exporter));
      try (Watch old = Watch.of(state, logs).awaitFiles(1)) {
        exporter.set(
            new CloudFrontExporter(
                Watch.config(state, "sources: [{path: \"%s\"}]".formatted(logs.pattern())),
                Watch.aws(FakeClock.at(Watch.NOW)),
                clock,
                System::nanoTime));
        old.retire();
        Await.until(
            "the hand-over has ended",
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("cloudfront-handover")));
      }
      closeIn(exporter);
      before.assertNoNewThreads();
      more = clock.cameTo();
      moments++;
    }
    assertThat(moments).as("moments at which the time is asked for").isGreaterThan(2);
  }

  private static void closeIn(AtomicReference<CloudFrontExporter> exporter) {
    CloudFrontExporter there = exporter.get();
    if (there != null) {
      there.close();
    }
  }
}
