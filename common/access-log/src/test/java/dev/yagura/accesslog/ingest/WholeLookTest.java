package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.ObjectId;
import dev.yagura.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeLookTest {
  private static final Instant FIRST = Instant.parse("2026-11-23T01:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-11-23T02:00:00Z");

  @TempDir Path folder;

  private final CountDownLatch go = new CountDownLatch(1);
  private final LogObject plain = Logs.bucket("slow", "a\n");
  private final LogObject slow =
      Logs.with(
          plain,
          () -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new IOException("interrupted", e);
            }
            return plain.content().open();
          });

  private static Optional<Instant> last(Rig rig) {
    return rig.ingest.status().sources().get(0).lastWholeLook();
  }

  private static void awaitLast(Rig rig, Instant expected) {
    Await.until("the look is noted", () -> last(rig).equals(Optional.of(expected)));
  }

  @Test
  void aLookCountsWhenAllThatItOfferedIsCommittedAndSurvivesTheProcess() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.source.look(
          inbox -> {
            inbox.offer(slow, new Told());
            inbox.offer(Logs.bucket("quick", "a\n"), new Told());
            inbox.wholeLook("hand", FIRST);
          });
      assertThat(rig.status().sources().get(0).lastWholeLook()).isEmpty();
      go.countDown();
      awaitLast(rig, FIRST);
    }
    try (Rig rig = new Rig(folder)) {
      assertThat(last(rig)).contains(FIRST);
      rig.source.look(inbox -> assertThat(inbox.lastWholeLook("hand")).contains(FIRST));
    }
  }

  @Test
  void aLookDoesNotCountBeforeTheOneBeforeIt() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.source.look(
          inbox -> {
            inbox.offer(slow, new Told());
            inbox.wholeLook("hand", FIRST);
          });
      rig.source.look(inbox -> inbox.wholeLook("hand", SECOND));
      assertThat(rig.status().sources().get(0).lastWholeLook()).isEmpty();
      go.countDown();
      awaitLast(rig, SECOND);
    }
  }

  @Test
  void aLookWaitsForAFileThatAnotherSourceOffered() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.other.look(inbox -> inbox.offer(slow, new Told()));
      rig.source.look(
          inbox -> {
            assertThat(inbox.isKnown(slow.id())).isTrue();
            assertThat(inbox.isKnown(slow.id())).isTrue();
            inbox.wholeLook("hand", FIRST);
          });
      assertThat(rig.status().sources().get(0).lastWholeLook()).isEmpty();
      go.countDown();
      awaitLast(rig, FIRST);
    }
  }

  @Test
  void aLookOfWhichAFileFailedDoesNotCountAndTheNextDoes() throws Exception {
    LogObject broken = Logs.object(new ObjectId("s3://logs/broken", "e"), "BROKEN", 6);
    try (Rig rig = new Rig(folder)) {
      Told told = new Told();
      rig.source.look(
          inbox -> {
            inbox.offer(broken, told);
            inbox.wholeLook("hand", FIRST);
          });
      assertThat(told.words()).containsExactly("failed");
      Told again = new Told();
      rig.source.look(inbox -> inbox.offer(broken, again)); // Refused, it failed just now.
      assertThat(again.words()).containsExactly("failed");
      assertThat(rig.status().sources().get(0).lastWholeLook()).isEmpty();
      rig.source.look(inbox -> inbox.wholeLook("hand", SECOND));
      assertThat(rig.status().sources().get(0).lastWholeLook()).isEmpty();
      rig.clock.advance(Duration.ofHours(1));
      Told good = new Told();
      rig.source.look(
          inbox -> {
            inbox.offer(Logs.object("s3://logs/broken", "e", "a\n"), good);
            inbox.wholeLook("hand", SECOND);
          });
      awaitLast(rig, SECOND);
    }
  }

  @Test
  void aFileThatNeverCanBeReadDoesNotHoldALookUp() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.source.look(
          inbox -> {
            inbox.offer(Logs.bucket("bad", "UNREADABLE"), new Told());
            inbox.wholeLook("hand", FIRST);
          });
      awaitLast(rig, FIRST);
    }
  }
}
