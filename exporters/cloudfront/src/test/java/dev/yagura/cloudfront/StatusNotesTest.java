package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.page.Note;
import dev.yagura.state.StateDatabase;
import dev.yagura.testing.Await;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads on the page when something is wrong, and when nothing is. */
@ExtendWith(LeakCheck.class)
class StatusNotesTest {
  @TempDir private Path folder;

  private Path state;
  private LogFolder logs;

  @BeforeEach
  void folders() throws Exception {
    state = folder.resolve("state");
    logs = new LogFolder(Files.createDirectory(folder.resolve("logs")));
  }

  private String source() {
    return "file:" + logs.pattern();
  }

  @Test
  void beforeTheFirstLogItIsIdle() throws Exception {
    try (Watch watch = Watch.of(state, logs).awaitFiles(0)) {
      assertThat(watch.note("logs").state()).isEqualTo(Note.State.IDLE);
      assertThat(watch.note("logs").text()).isEqualTo("No log has arrived yet.");
      assertThat(watch.note(source()).state()).isEqualTo(Note.State.OK);
      assertThat(watch.note(source()).text()).isEqualTo("Looked 0 s ago.");
      assertThat(watch.notes()).hasSize(2);
    }
  }

  @Test
  void withLogsItIsWellAndSaysHowNewTheyAre() throws Exception {
    logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.of("/a", "/a", "/b"));
    try (Watch watch = Watch.of(state, logs).awaitFiles(1)) {
      assertThat(watch.notes()).extracting(Note::state).containsOnly(Note.State.OK);
      assertThat(watch.note("logs").text()).isEqualTo("1 log files are counted.");
      Note distribution = watch.note(OneLog.DISTRIBUTION);
      assertThat(distribution.text()).isEqualTo("Newest request 2 h ago.");
      assertThat(distribution.rows())
          .contains(
              new Note.Row("Log lines", "3"),
              new Note.Row("Objects tracked", "2"),
              new Note.Row("Objects shown", "2"));
    }
  }

  @Test
  void malformedLinesAndUnreadableFilesAreBadAndNamed() throws Exception {
    logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.of("/a", "/b\tno-status"));
    logs.put(LogFolder.name(OneLog.DISTRIBUTION, 2), "no log at all\n");
    try (Watch watch = Watch.of(state, logs).awaitFiles(2)) {
      assertThat(watch.note(OneLog.DISTRIBUTION).state()).isEqualTo(Note.State.BAD);
      assertThat(watch.note(OneLog.DISTRIBUTION).rows())
          .contains(new Note.Row("Malformed: bad_number", "1"));
      assertThat(watch.note("logs").state()).isEqualTo(Note.State.BAD);
      assertThat(watch.note("logs").rows()).contains(new Note.Row("Unreadable", "1"));
    }
  }

  @Test
  void aSourceThatFailsIsNamedWithItsReasonAndShownAsZero() throws Exception {
    Files.delete(logs.path());
    try (Watch watch = Watch.of(state, logs).awaitFiles(0)) {
      Note note = watch.note(source());
      assertThat(note.state()).isEqualTo(Note.State.BAD);
      assertThat(note.text()).isEqualTo("unreachable, 0 s ago: there is no folder " + logs.path());
      assertThat(watch.scrape().value("cloudfront_log_source_success")).hasValue(0);
      assertThat(
              watch
                  .scrape()
                  .value("cloudfront_log_source_failures_total", "reason", "unreachable")
                  .orElse(0))
          .isPositive();
      assertThat(watch.scrape().samples("cloudfront_log_source_success_timestamp_seconds"))
          .isEmpty();
    }
  }

  @Test
  void aSourceThatAnswersAgainIsWellAgain() throws Exception {
    Files.delete(logs.path());
    try (Watch watch = Watch.of(state, logs).awaitFiles(0)) {
      logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.any(1));
      watch.awaitFiles(1);
      assertThat(watch.note(source()).state()).isEqualTo(Note.State.OK);
      assertThat(watch.scrape().value("cloudfront_log_source_success")).hasValue(1);
      assertThat(
              watch
                  .scrape()
                  .value("cloudfront_log_source_failures_total", "reason", "unreachable")
                  .orElse(0))
          .as("what has failed stays counted")
          .isPositive();
    }
  }

  @Test
  void aFullDiskIsBadWithItsReasonUntilThereIsRoom() throws Exception {
    FakeClock clock = FakeClock.at(Watch.NOW);
    StateDatabase database = StateDatabase.open(state, LogCounting.APPLICATION, clock);
    CloudFrontConfig config =
        Watch.config(
            state, "sources: [{path: \"%s\", poll_interval: 1s}]".formatted(logs.pattern()));
    try (LogCounting counting =
        LogCounting.start(config, database, Watch.aws(clock).use(), clock, clock)) {
      fill(database);
      String[] paths =
          IntStream.range(0, 3000).mapToObj(i -> "/a-rather-long-path/" + i).toArray(String[]::new);
      logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.of(paths));
      Await.until("it is paused", () -> counting.status().paused().isPresent());
      clock.advance(Duration.ofMinutes(5));
      List<Note> notes = StatusNotes.of(counting.view(), counting.status(), clock.instant());
      assertThat(notes.get(0).state()).isEqualTo(Note.State.BAD);
      assertThat(notes.get(0).text())
          .startsWith("Nothing is counted since 5 min ago: ")
          .contains("full");
      assertThat(paused(counting)).isEqualTo(1);
      makeRoom(database);
      Await.until("it counts again", () -> counting.status().objectsCounted() == 1);
      assertThat(StatusNotes.of(counting.view(), counting.status(), clock.instant()))
          .extracting(Note::state)
          .doesNotContain(Note.State.BAD);
      assertThat(paused(counting)).isZero();
    }
  }

  private static double paused(LogCounting counting) {
    var samples =
        Samples.of(
            List.of(LogFamilies.of(counting.view(), counting.status())), ConstantLabels.none());
    return Expositions.parse(Expositions.render(List.of(samples)))
        .value("cloudfront_log_paused")
        .orElseThrow();
  }

  /** As on a full disk: the database may not become larger than it is. */
  private static void fill(StateDatabase database) throws Exception {
    try (Statement statement = database.writer().createStatement();
        ResultSet pages = statement.executeQuery("PRAGMA page_count")) {
      int now = pages.getInt(1);
      try (Statement limit = database.writer().createStatement()) {
        limit.execute("PRAGMA max_page_count = " + now);
      }
    }
  }

  private static void makeRoom(StateDatabase database) throws Exception {
    try (Statement statement = database.writer().createStatement()) {
      statement.execute("PRAGMA max_page_count = 1000000");
    }
  }
}
