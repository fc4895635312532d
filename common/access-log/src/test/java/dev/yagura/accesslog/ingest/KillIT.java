package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import dev.yagura.testing.JavaProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, really killed. */
class KillIT {
  private static final int SECONDS = 60;

  @TempDir Path parent;

  private static Process start(Path folder, long seed, int files, int readers, int haltAt)
      throws IOException {
    return JavaProcess.of(
            IngestChild.class,
            folder.toString(),
            Long.toString(seed),
            Integer.toString(files),
            Integer.toString(readers),
            Integer.toString(haltAt))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int run(Path folder, long seed, int files, int readers, int haltAt)
      throws IOException, InterruptedException {
    Process child = start(folder, seed, files, readers, haltAt);
    try (InputStream out = child.getInputStream()) {
      out.transferTo(OutputStream.nullOutputStream());
      assertThat(child.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      return child.exitValue();
    } finally {
      child.destroyForcibly();
    }
  }

  private static void assertCountedOnce(Path folder, long seed, int files) throws Exception {
    Map<String, Long> expected = Logs.totals(Logs.texts(files, seed));
    assertThat(Published.withoutStepBack(folder)).isEqualTo(expected);
    try (StateDatabase state = StateDatabase.open(folder, "words", Clock.systemUTC())) {
      assertThat(WordTally.stored(state.writer())).isEqualTo(expected);
    }
    assertThat(ShownTally.lines(folder.resolve("objects"))).endsWith(Integer.toString(files));
  }

  @Test
  void aProcessThatHaltsAtAnyStepCountsEachFileOnceInTheEnd() throws Exception {
    int haltAt = 1;
    int code = Halting.CODE;
    while (code == Halting.CODE) {
      Path folder = parent.resolve("halt-" + haltAt);
      code = run(folder, 1, 2, 1, haltAt);
      assertThat(code).isIn(Halting.CODE, IngestChild.DONE);
      if (code == Halting.CODE) {
        assertThat(run(folder, 1, 2, 1, 0)).isEqualTo(IngestChild.DONE);
      }
      assertCountedOnce(folder, 1, 2);
      haltAt++;
    }
    assertThat(haltAt).isGreaterThan(2 * Step.values().length);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aProcessThatIsKilledAtAnyMomentCountsEachFileOnceInTheEnd(long seed) throws Exception {
    Random random = new Random(seed);
    int files = 60;
    Path folder = parent.resolve("kill");
    for (int kills = 0; kills < 6; kills++) {
      Process child = start(folder, seed, files, 3, 0);
      try (InputStream out = child.getInputStream()) {
        out.readNBytes(1 + random.nextInt(120));
      } finally {
        child.destroyForcibly().waitFor();
      }
    }
    assertThat(run(folder, seed, files, 3, 0)).isEqualTo(IngestChild.DONE);
    assertCountedOnce(folder, seed, files);
  }

  @Test
  void aSecondProcessIsRefusedAndSaysWhoHoldsTheFolder() throws Exception {
    Path folder = parent.resolve("two");
    Process child = start(folder, 1, 2_000, 1, 0);
    try (InputStream out = child.getInputStream()) {
      assertThat(out.readNBytes(1)).isNotEmpty();
      assertThatThrownBy(() -> StateDatabase.open(folder, "words", Clock.systemUTC()))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("is used by another process (pid " + child.pid() + ", since ");
      assertThat(StateDatabase.heldHere(folder, "words")).isFalse();
    } finally {
      child.destroyForcibly().waitFor();
    }
    StateDatabase.open(folder, "words", Clock.systemUTC()).close();
  }

  @Test
  void aRefusedDatabaseKeepsTheLogOfAKilledProcess() throws Exception {
    Path folder = parent.resolve("renamed");
    assertThat(run(folder, 1, 30, 1, 100)).isEqualTo(Halting.CODE);
    Path file = folder.resolve("others.db");
    Path log = folder.resolve("others.db-wal");
    Files.move(folder.resolve("words.db"), file);
    Files.move(folder.resolve("words.db-wal"), log);
    byte[] before = Files.readAllBytes(file);
    byte[] logBefore = Files.readAllBytes(log);
    assertThatThrownBy(() -> StateDatabase.open(folder, "others", Clock.systemUTC()))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("of another program");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(Files.readAllBytes(log)).isEqualTo(logBefore);
  }
}
