package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.source.Inbox;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.testing.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyOffersTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shuffledAndRepeatedOffersOfManyThreadsChangeNothing(long seed) throws Exception {
    List<String> texts = Logs.texts(80, seed);
    List<LogObject> files = Logs.objects(texts);
    List<Told> told = new CopyOnWriteArrayList<>();
    try (Rig rig = new Rig(folder)) {
      CompletableFuture<Inbox> inbox = new CompletableFuture<>();
      rig.source.look(inbox::complete);
      List<CompletableFuture<Void>> threads = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(seed * 100 + thread);
        threads.add(
            CompletableFuture.runAsync(
                () -> {
                  List<LogObject> mine = new ArrayList<>(files);
                  mine.addAll(files.subList(0, 40));
                  Collections.shuffle(mine, random);
                  mine.forEach(file -> offer(inbox.join(), file, told));
                },
                task -> {
                  Thread runner = new Thread(task, "offers");
                  runner.setDaemon(true);
                  runner.start();
                }));
      }
      threads.forEach(CompletableFuture::join);
      Await.until("all is dealt with", () -> rig.ingest.status().pending() == 0);
      assertThat(told)
          .hasSize(8 * 120)
          .allSatisfy(each -> assertThat(each.words()).containsExactly("committed"));
      assertThat(rig.tally.shown()).isEqualTo(Logs.totals(texts));
      assertThat(rig.status())
          .returns(80L, IngestStatus::objectsCounted)
          .returns(8L * 120 - 80, IngestStatus::duplicatesSkipped);
      assertThat(WordTally.stored(rig.state.writer())).isEqualTo(Logs.totals(texts));
    }
  }

  private static void offer(Inbox inbox, LogObject file, List<Told> told) {
    Told each = new Told();
    told.add(each);
    try {
      inbox.offer(file, each);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
