package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Await;
import dev.yagura.testing.FakeClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  @TempDir Path folder;

  private static String words(String prefix) {
    return IntStream.range(0, 2_000)
        .mapToObj(i -> prefix + "-a-rather-long-word-" + i)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void execute(Rig rig, String sql) throws SQLException {
    try (Statement statement = rig.state.writer().createStatement()) {
      statement.execute(sql);
    }
  }

  private static int pages(Rig rig) throws SQLException {
    try (Statement statement = rig.state.writer().createStatement();
        ResultSet row = statement.executeQuery("PRAGMA page_count")) {
      return row.getInt(1);
    }
  }

  @Test
  void aFullDiskPausesReadingAndLosesNothing() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.deliver(Logs.bucket("before", "a\n"));
      execute(rig, "PRAGMA max_page_count = " + (pages(rig) + 5));
      List<String> texts = List.of("a\n", words("b"), words("c"), words("d"));
      List<Told> told =
          rig.offer(
              Logs.bucket("b", texts.get(1)),
              Logs.bucket("c", texts.get(2)),
              Logs.bucket("d", texts.get(3)));
      Await.until("it is paused", () -> rig.ingest.status().paused().isPresent());
      assertThat(rig.ingest.status().paused().orElseThrow().message()).contains("full");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L));
      assertThat(told).noneMatch(Told::isTold);
      assertThat(rig.ingest.status().objectsCounted()).isEqualTo(1);
      execute(rig, "PRAGMA max_page_count = 1000000");
      told.forEach(each -> assertThat(each.words()).containsExactly("committed"));
      assertThat(rig.tally.shown()).isEqualTo(Logs.totals(texts));
      assertThat(rig.status())
          .returns(4L, IngestStatus::objectsCounted)
          .returns(true, status -> status.paused().isEmpty());
      assertThat(WordTally.stored(rig.state.writer())).isEqualTo(Logs.totals(texts));
    }
  }

  @Test
  void aProcessThatIsStoppedWhileTheDiskIsFullCountsTheRestLater() throws Exception {
    Told told;
    try (Rig rig = new Rig(folder)) {
      execute(rig, "PRAGMA max_page_count = " + pages(rig));
      told = rig.offer(Logs.bucket("b", words("b"))).get(0);
      Await.until("it is paused", () -> rig.ingest.status().paused().isPresent());
    }
    assertThat(told.words()).containsExactly("failed");
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.tally.shown()).isEmpty();
      assertThat(rig.deliver(Logs.bucket("b", words("b")))).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(WordTally.count(words("b")));
    }
  }

  /** Fails once, after it has changed what is in memory and on disk. */
  private static final class FailingTally extends WordTally {
    final AtomicInteger left = new AtomicInteger(1);
    final String before;

    FailingTally(String before) {
      this.before = before;
    }

    @Override
    public void add(Map<String, Long> counts, Connection transaction) throws SQLException {
      super.add(counts, transaction);
      if (left.getAndDecrement() > 0) {
        try (Statement statement = transaction.createStatement()) {
          statement.executeUpdate(before);
        }
        throw new SQLException("the disk is gone");
      }
    }
  }

  @Test
  void whatWasRolledBackIsCountedOnceByTheNextAttempt() throws Exception {
    FailingTally tally = new FailingTally("SELECT 1 WHERE 0");
    try (Rig rig = new Rig(folder, tally, FakeClock.at(Logs.WRITTEN))) {
      assertThat(rig.deliver(Logs.bucket("b", "a\nb\n"))).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L, "b", 1L));
      assertThat(rig.status().objectsCounted()).isEqualTo(1);
      assertThat(tally.left.get()).isNegative();
    }
  }

  @Test
  void aCommitThatWentThroughAndSeemedToFailIsNotRepeated() throws Exception {
    FailingTally tally = new FailingTally("UPDATE ingest_commits SET number = number + 1; COMMIT");
    try (Rig rig = new Rig(folder, tally, FakeClock.at(Logs.WRITTEN))) {
      assertThat(rig.deliver(Logs.bucket("b", "a\nb\n"))).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(new TreeMap<>(Map.of("a", 1L, "b", 1L)));
      assertThat(tally.left.get()).isZero();
    }
  }

  @Test
  void aWrongStatementIsAFaultOfOursAndPausesNothing() throws Exception {
    WordTally tally =
        new WordTally() {
          @Override
          public void add(Map<String, Long> counts, Connection transaction) throws SQLException {
            super.add(counts, transaction);
            if (counts.containsKey("wrong")) {
              try (Statement statement = transaction.createStatement()) {
                statement.executeUpdate("INSERT INTO nowhere VALUES (1)");
              }
            }
          }
        };
    try (Rig rig = new Rig(folder, tally, FakeClock.at(Logs.WRITTEN))) {
      assertThat(rig.deliver(Logs.bucket("b", "wrong\n"))).isEqualTo("failed");
      assertThat(rig.deliver(Logs.bucket("c", "a\n"))).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L));
      assertThat(rig.status())
          .returns(1L, status -> status.unreadable().get(UnreadableReason.BUG))
          .returns(1L, IngestStatus::objectsCounted);
    }
  }
}
