package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.LogObject;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import dev.yagura.testing.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An ingest over one or more sources that are worked by hand. */
final class Rig implements AutoCloseable {
  static final IngestSettings QUICK =
      new IngestSettings(
          2,
          Duration.ofHours(1),
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(5));

  final FakeClock clock;
  final WordTally tally;
  final HandSource source = new HandSource("hand");
  final HandSource other = new HandSource("other");
  final StateDatabase state;
  final Ingest<Map<String, Long>> ingest;

  Rig(Path folder) throws StateException {
    this(folder, new WordTally(), FakeClock.at(Logs.WRITTEN));
  }

  Rig(Path folder, WordTally tally, FakeClock clock) throws StateException {
    this.tally = tally;
    this.clock = clock;
    state = StateDatabase.open(folder, "words", clock);
    ingest = Ingest.start(state, tally, List.of(source, other), QUICK, clock);
  }

  /** Offers them in one look; the last word of each is to be waited for. */
  List<Told> offer(LogObject... objects) {
    List<Told> told = java.util.Arrays.stream(objects).map(object -> new Told()).toList();
    source.look(
        inbox -> {
          for (int i = 0; i < objects.length; i++) {
            inbox.offer(objects[i], told.get(i));
          }
        });
    return told;
  }

  /** Offers one and says what was said of it. */
  String deliver(LogObject object) {
    return String.join(",", offer(object).get(0).words());
  }

  /** The status after a look more, so that what was counted beside the files is shown. */
  IngestStatus status() {
    source.look(inbox -> {});
    source.look(inbox -> {});
    return ingest.status();
  }

  @Override
  public void close() {
    ingest.close();
    state.close();
  }
}
