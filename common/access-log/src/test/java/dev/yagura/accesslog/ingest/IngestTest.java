package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.ingest.IngestStatus.SourceStatus;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.ObjectId;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.Await;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
  @TempDir Path folder;

  @Test
  void aFileIsCountedOnceHoweverOftenItIsOffered() throws Exception {
    LogObject file = Logs.bucket("one", "a 1\na 2\nb 3\n");
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.deliver(file)).isEqualTo("committed");
      assertThat(rig.deliver(file)).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 2L, "b", 1L));
      assertThat(rig.status())
          .returns(1L, IngestStatus::objectsCounted)
          .returns(file.size(), IngestStatus::bytesCounted)
          .returns(1L, IngestStatus::duplicatesSkipped)
          .returns(0, IngestStatus::pending);
    }
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 2L, "b", 1L));
      assertThat(rig.deliver(file)).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 2L, "b", 1L));
      assertThat(rig.status())
          .returns(1L, IngestStatus::objectsCounted)
          .returns(2L, IngestStatus::duplicatesSkipped);
    }
  }

  @Test
  void anotherVersionOfABucketsObjectIsAnotherFile() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.deliver(Logs.object("s3://logs/k", "e1", "a\n"));
      rig.deliver(Logs.object("s3://logs/k", "e2", "a\n"));
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 2L));
    }
  }

  @Test
  void aLocalFileThatWasOnlyTouchedIsNotCountedAgain() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.deliver(Logs.object("/logs/k", "2-100", "a\n"));
      assertThat(rig.deliver(Logs.object("/logs/k", "2-200", "a\n"))).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L));
      rig.deliver(Logs.object("/logs/k", "2-300", "b\n"));
      rig.deliver(Logs.object("/logs/other", "2-100", "a\n"));
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 2L, "b", 1L));
      assertThat(rig.status().duplicatesSkipped()).isEqualTo(1);
      rig.source.look(
          inbox -> assertThat(inbox.isKnown(new ObjectId("/logs/k", "2-200"))).isTrue());
    }
  }

  @Test
  void aLocalFileThatIsTouchedWhileItIsCommittedIsCountedOnce() throws Exception {
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch readAgain = new CountDownLatch(1);
    WordTally tally =
        new WordTally() {
          @Override
          public Map<String, Long> read(LogObject object, InputStream in) throws IOException {
            Map<String, Long> counts = super.read(object, in);
            if (object.id().version().equals("2")) {
              readAgain.countDown();
            }
            return counts;
          }

          @Override
          public void add(Map<String, Long> counts, Connection transaction) throws SQLException {
            committing.countDown();
            try {
              IngestTest.await(readAgain);
            } catch (IOException e) {
              throw new SQLException(e);
            }
            super.add(counts, transaction);
          }
        };
    try (Rig rig = new Rig(folder, tally, FakeClock.at(Logs.WRITTEN))) {
      Told first = rig.offer(Logs.object("/logs/a", "1", "a\n")).get(0);
      assertThat(committing.await(10, TimeUnit.SECONDS)).isTrue();
      LogObject touched = Logs.object("/logs/a", "2", "a\n");
      Told second = new Told();
      // From another source: the first one's thread may wait for the transaction under way.
      rig.other.look(inbox -> inbox.offer(touched, second));
      second.words();
      assertThat(first.words()).containsExactly("committed");
      Await.until(
          "it is known again",
          () -> {
            rig.clock.advance(Duration.ofSeconds(1));
            return rig.deliver(touched).equals("committed");
          });
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L));
      assertThat(rig.status()).returns(1L, IngestStatus::objectsCounted);
    }
  }

  @Test
  void aLocalFileThatGrewWhileItWasReadIsLeftToItsNextVersion() throws Exception {
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.deliver(Logs.object(new ObjectId("/logs/k", "2-100"), "a\na\n", 2)))
          .isEqualTo("failed");
      assertThat(rig.deliver(Logs.object(new ObjectId("/logs/k", "4-200"), "a\na\n", 4)))
          .isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 2L));
    }
  }

  @Test
  void anObjectOfABucketThatBreaksOffIsNotCounted() throws Exception {
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.deliver(Logs.object(new ObjectId("s3://logs/k", "e"), "a\n", 4)))
          .isEqualTo("failed");
      assertThat(rig.tally.shown()).isEmpty();
      assertThat(rig.status().objectsFailed()).isEqualTo(1);
    }
  }

  @Test
  void twoDeliveriesOfAFileThatIsBeingReadAreBothTold() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LogObject plain = Logs.bucket("slow", "a\n");
    LogObject slow =
        Logs.with(
            plain,
            () -> {
              opened.countDown();
              await(go);
              return plain.content().open();
            });
    Told first = new Told();
    Told second = new Told();
    try (Rig rig = new Rig(folder)) {
      rig.source.look(inbox -> inbox.offer(slow, first));
      await(opened);
      rig.other.look(inbox -> inbox.offer(slow, second));
      assertThat(rig.ingest.status().pending()).isEqualTo(1);
      assertThat(first.isTold() || second.isTold()).isFalse();
      go.countDown();
      assertThat(first.words()).containsExactly("committed");
      assertThat(second.words()).containsExactly("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L));
      assertThat(rig.status().duplicatesSkipped()).isEqualTo(1);
    }
  }

  @Test
  void offeringWaitsWhileAllReadersAreBusy() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger offered = new AtomicInteger();
    try (Rig rig = new Rig(folder)) {
      var look =
          rig.source.start(
              inbox -> {
                for (int i = 0; i < 100; i++) {
                  LogObject plain = Logs.bucket("n" + i, "a\n");
                  inbox.offer(
                      Logs.with(
                          plain,
                          () -> {
                            await(go);
                            return plain.content().open();
                          }),
                      new Told());
                  offered.incrementAndGet();
                }
              });
      Await.until("the queue is full", () -> rig.ingest.status().pending() == 5);
      assertThat(offered).hasValue(4);
      assertThat(look).isNotDone();
      go.countDown();
      look.join();
      Await.until("all is counted", () -> rig.tally.shown().getOrDefault("a", 0L) == 100);
    }
  }

  @Test
  void whatCannotBeReadFailsOnceAndForAllAndIsCountedByItsReason() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    try (Rig rig = new Rig(folder)) {
      for (String how : new String[] {"UNREADABLE", "BUG", "DEEP"}) {
        LogObject plain = Logs.bucket(how, how);
        LogObject file =
            Logs.with(
                plain,
                () -> {
                  opened.incrementAndGet();
                  return plain.content().open();
                });
        assertThat(rig.deliver(file)).isEqualTo("failed");
        assertThat(rig.deliver(file)).isEqualTo("failed");
        rig.source.look(inbox -> assertThat(inbox.isKnown(file.id())).isTrue());
      }
      assertThat(opened).hasValue(3);
      assertThat(rig.deliver(Logs.bucket("good", "a\n"))).isEqualTo("committed");
      assertThat(rig.status().unreadable())
          .isEqualTo(
              Map.of(
                  UnreadableReason.FORMAT, 1L,
                  UnreadableReason.BUG, 2L,
                  UnreadableReason.GREW, 0L,
                  UnreadableReason.TRUNCATED, 0L));
    }
  }

  @Test
  void whatCouldNotBeReadIsTriedOnceMoreByTheNextProcess() throws Exception {
    LogObject file = Logs.bucket("k", "UNREADABLE");
    LogObject other = Logs.bucket("other", "UNREADABLE");
    try (Rig rig = new Rig(folder)) {
      rig.deliver(file);
      rig.deliver(other);
    }
    LogObject readable = Logs.with(file, Logs.bucket("k", "a\n12345678").content());
    try (Rig rig = new Rig(folder)) {
      rig.source.look(inbox -> assertThat(inbox.isKnown(file.id())).isFalse());
      assertThat(rig.deliver(readable)).isEqualTo("committed");
      assertThat(rig.deliver(other)).isEqualTo("failed");
      rig.source.look(inbox -> assertThat(inbox.isKnown(other.id())).isTrue());
      assertThat(rig.tally.shown()).containsEntry("a", 1L);
      assertThat(rig.status())
          .returns(1L, IngestStatus::objectsCounted)
          .returns(2L, status -> status.unreadable().get(UnreadableReason.FORMAT));
    }
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.deliver(readable)).isEqualTo("committed");
      assertThat(rig.tally.shown()).containsEntry("a", 1L);
    }
  }

  @Test
  void aLocalFileThatGrewAfterItWasCountedIsNotCountedTwice() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.deliver(Logs.object("/logs/k", "2-100", "a\n"));
      rig.deliver(Logs.object("/logs/k", "4-200", "c\nd\n"));
      assertThat(rig.deliver(Logs.object("/logs/k", "4-300", "a\nb\n"))).isEqualTo("failed");
      assertThat(rig.deliver(Logs.object("/logs/k", "6-400", "c\nd\ne\n"))).isEqualTo("failed");
      assertThat(rig.deliver(Logs.object("/logs/k", "6-500", "c\nf\ne\n"))).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L, "c", 2L, "d", 1L, "e", 1L, "f", 1L));
      assertThat(rig.status().unreadable()).containsEntry(UnreadableReason.GREW, 2L);
    }
  }

  @Test
  void aFileThatEndsInItsMiddleIsReadAgainWhenItIsAnHourOldAndGivenUpThen() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    LogObject plain = Logs.object("/logs/k", "9-1", "TRUNCATED");
    LogObject file =
        Logs.with(
            plain,
            () -> {
              opened.incrementAndGet();
              return plain.content().open();
            });
    try (Rig rig = new Rig(folder)) {
      rig.deliver(file);
      rig.clock.advance(Duration.ofMinutes(59));
      assertThat(rig.deliver(file)).isEqualTo("failed");
      assertThat(opened).hasValue(1);
      rig.source.look(inbox -> assertThat(inbox.isKnown(file.id())).isFalse());
      assertThat(rig.deliver(Logs.object("/logs/k", "2-2", "a\n"))).isEqualTo("committed");
      rig.clock.advance(Duration.ofMinutes(1));
      assertThat(rig.deliver(file)).isEqualTo("failed");
      assertThat(opened).hasValue(2);
      rig.source.look(inbox -> assertThat(inbox.isKnown(file.id())).isTrue());
      assertThat(rig.status().unreadable()).containsEntry(UnreadableReason.TRUNCATED, 1L);
    }
  }

  @Test
  void aFileThatFailsIsTriedAgainAfterALongerAndLongerPause() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    LogObject plain = Logs.bucket("k", "a\n");
    LogObject file =
        Logs.with(
            plain,
            () -> {
              if (opened.incrementAndGet() < 3) {
                throw new IOException("not there");
              }
              return plain.content().open();
            });
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.deliver(file)).isEqualTo("failed");
      assertThat(rig.deliver(file)).isEqualTo("failed");
      assertThat(opened).hasValue(1);
      rig.clock.advance(Duration.ofMillis(5));
      assertThat(rig.deliver(file)).isEqualTo("failed");
      assertThat(opened).hasValue(2);
      rig.clock.advance(Duration.ofMillis(5));
      assertThat(rig.deliver(file)).isEqualTo("failed");
      assertThat(opened).hasValue(2);
      rig.clock.advance(Duration.ofMillis(5));
      assertThat(rig.deliver(file)).isEqualTo("committed");
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L));
    }
  }

  @Test
  void whatAClientThrowsWhileBytesArriveIsNoFaultOfTheFile() throws Exception {
    LogObject file =
        Logs.with(
            Logs.bucket("k", "a\n"),
            () ->
                new InputStream() {
                  @Override
                  public int read() {
                    throw new IllegalStateException("aborted");
                  }

                  @Override
                  public int read(byte[] buffer, int offset, int count) {
                    return read();
                  }
                });
    try (Rig rig = new Rig(folder)) {
      assertThat(rig.deliver(file)).isEqualTo("failed");
      rig.source.look(inbox -> assertThat(inbox.isKnown(file.id())).isFalse());
      assertThat(rig.status().unreadable()).containsEntry(UnreadableReason.BUG, 0L);
    }
  }

  @Test
  void aSourceThatFailsSaysWhyAndGoesOn() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.source.look(
          inbox -> {
            throw new ScrapeException(FailureReason.DENIED, "no permission");
          });
      rig.source.look(
          inbox -> {
            throw new IllegalStateException("a bug");
          });
      Await.until(
          "both are counted",
          () -> failures(rig, FailureReason.DENIED) == 1 && failures(rig, FailureReason.BUG) == 1);
      assertThat(source(rig.ingest.status()).failure())
          .hasValueSatisfying(f -> assertThat(f.reason()).isEqualTo(FailureReason.BUG));
      rig.source.look(inbox -> inbox.unusableNotification("hand"));
      assertThat(source(rig.status()))
          .returns(true, status -> status.failure().isEmpty())
          .returns(1L, SourceStatus::unusableNotifications)
          .returns(true, status -> status.lastSuccess().isPresent());
    }
    try (Rig rig = new Rig(folder)) {
      assertThat(source(rig.ingest.status()).failures()).containsEntry(FailureReason.DENIED, 1L);
    }
  }

  @Test
  void closingTellsThoseWhoWaitThatTheirFilesAreNotCounted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Rig rig = new Rig(folder);
    LogObject[] files = new LogObject[4];
    for (int i = 0; i < files.length; i++) {
      LogObject plain = Logs.bucket("n" + i, "BUG");
      files[i] =
          Logs.with(
              plain,
              () -> {
                await(never);
                return plain.content().open();
              });
    }
    var told = rig.offer(files);
    rig.close();
    assertThat(told).allSatisfy(each -> assertThat(each.words()).containsExactly("failed"));
    assertThat(rig.source.isClosed()).isTrue();
    try (Rig again = new Rig(folder)) {
      assertThat(again.status().unreadable()).containsEntry(UnreadableReason.BUG, 0L);
    }
  }

  @Test
  void oneWhoIsInterruptedClosesItAllTheSame() throws Exception {
    var before = LeakCheck.threads();
    Rig rig = new Rig(folder);
    rig.deliver(Logs.bucket("one", "a\n"));
    Thread.currentThread().interrupt();
    rig.close();
    assertThat(Thread.interrupted()).as("the interrupt is handed on").isTrue();
    before.assertNoNewThreads();
  }

  @Test
  void theStateIsReadByALaterProcessWithAnotherClock() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.deliver(Logs.bucket("a", "a\n"));
    }
    try (Rig rig = new Rig(folder, new WordTally(), FakeClock.at(Logs.WRITTEN.minusSeconds(9)))) {
      assertThat(rig.tally.shown()).isEqualTo(Map.of("a", 1L));
    }
  }

  private static long failures(Rig rig, FailureReason reason) {
    return source(rig.ingest.status()).failures().getOrDefault(reason, 0L);
  }

  private static SourceStatus source(IngestStatus status) {
    return status.sources().get(0);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
