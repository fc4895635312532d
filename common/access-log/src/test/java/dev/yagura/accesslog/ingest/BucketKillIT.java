package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.state.StateDatabase;
import dev.yagura.testing.Await;
import dev.yagura.testing.QueueServer;
import dev.yagura.testing.S3Notification;
import dev.yagura.testing.S3Stub;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes between a queue and a bucket, halted at each step. */
class BucketKillIT {
  private static final int KILLS = 3;
  private static final int FILES_AT_ONCE = 6;
  // More than anybody is given a good message, however often its process is killed.
  private static final int DELIVERIES = 12;
  private static final Duration HIDDEN = Duration.ofSeconds(121);
  private static final Duration GIVEN_BACK = Duration.ofSeconds(31);
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path parent;
  private final QueueServer queue = new QueueServer(DELIVERIES);
  private final S3Stub s3 = S3Stub.start();
  private final Random random = new Random(1);
  private final List<String> delivered = new ArrayList<>();
  private Path folder = Path.of("");

  @BeforeEach
  void choose() {
    folder = parent.resolve("state");
  }

  @AfterEach
  void close() {
    queue.close();
    s3.close();
  }

  @Test
  void anUndisturbedProcessCountsEachObjectOnce() throws Exception {
    deliver();
    countTheRest(deliverCorrupt());
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aProcessThatHaltsAtAStepAgainAndAgainCountsEachObjectOnce(Step step) throws Exception {
    String corrupt = deliverCorrupt();
    for (int nth = 1; nth <= KILLS; nth++) {
      deliver();
      Process child = BucketChild.start(folder, queue.url(), s3.endpoint(), step, nth);
      try {
        assertThat(child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(Halting.CODE);
      } finally {
        child.destroyForcibly().waitFor();
      }
      // Ends the waiting of the dead process for messages, which may get some.
      queue.send(S3Notification.TEST_EVENT);
      queue.later(HIDDEN);
    }
    countTheRest(corrupt);
  }

  private void deliver() {
    List<String> messages = new ArrayList<>(List.of(S3Notification.TEST_EVENT));
    for (String text : Logs.texts(FILES_AT_ONCE, random.nextLong())) {
      int number = delivered.size();
      delivered.add(text);
      String prefix = number % 3 == 0 ? "pushed/" : BucketChild.LISTED;
      messages.addAll(put(prefix + "E1 é+" + number + ".gz", LogTally.file(text), kinds(number)));
    }
    Collections.shuffle(messages, random);
    messages.forEach(queue::send);
  }

  private String deliverCorrupt() {
    byte[] file = LogTally.file("w1 of a file whose checksum is wrong\n");
    file[file.length - 8] ^= 1;
    String key = BucketChild.LISTED + "corrupt.gz";
    String message = put(key, file, List.of(S3Notification.RAW)).get(0);
    queue.send(message);
    return message;
  }

  private List<String> put(String key, byte[] file, List<S3Notification> kinds) {
    String eTag = s3.put(BucketChild.BUCKET, key, file, Clock.systemUTC().instant());
    return kinds.stream().map(kind -> kind.of(BucketChild.BUCKET, key, eTag, file.length)).toList();
  }

  /** One message for what is not listed, several for what is, and none. */
  private static List<S3Notification> kinds(int file) {
    List<S3Notification> all = List.of(S3Notification.values());
    return switch (file % 3) {
      case 0 -> List.of(all.get(file / 3 % all.size()));
      case 1 -> all;
      default -> List.of();
    };
  }

  private void countTheRest(String corrupt) throws Exception {
    Process child = BucketChild.start(folder, queue.url(), s3.endpoint(), Step.OFFERED, 0);
    try {
      assertThat(Await.until(PATIENCE, this::isAllButTheCorruptDone)).isTrue();
      assertThat(Await.until(PATIENCE, this::isTheCorruptDead)).isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.takeDead()).containsExactly(corrupt);
    Map<String, Long> expected = Logs.totals(delivered);
    assertThat(Published.withoutStepBack(folder)).isEqualTo(expected);
    try (StateDatabase state = StateDatabase.open(folder, "words", Clock.systemUTC())) {
      assertThat(WordTally.stored(state.writer())).isEqualTo(expected);
      Counters counters = new Counters();
      counters.load(state.writer());
      assertThat(counters.get(Counters.Name.OBJECTS)).isEqualTo(delivered.size());
    }
  }

  private boolean isAllButTheCorruptDone() {
    return queue.left() + queue.dead() == 1
        && Published.withoutStepBack(folder).equals(Logs.totals(delivered));
  }

  private boolean isTheCorruptDead() {
    if (queue.left() == 1) {
      queue.later(GIVEN_BACK);
      queue.send(S3Notification.TEST_EVENT);
    }
    return queue.dead() == 1 && queue.isEmpty();
  }
}
