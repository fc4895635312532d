package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.Delivery;
import dev.yagura.accesslog.source.Inbox;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.LogSource;
import dev.yagura.state.StateDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A process of its own that counts made-up files until all are counted, halts at one step if told
 * to, and says a byte at each step so that it can be killed from outside.
 */
final class IngestChild {
  static final int DONE = 0;
  private static final String ACKNOWLEDGED = "acknowledged";

  private IngestChild() {}

  /** Arguments: folder, seed, number of files, readers, at which step to halt or 0. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    long seed = Long.parseLong(args[1]);
    List<LogObject> files = Logs.objects(Logs.texts(Integer.parseInt(args[2]), seed));
    Halting halting = new Halting(step -> true, Integer.parseInt(args[4]), () -> {});
    Step.Observer observer =
        step -> {
          halting.at(step);
          System.out.write('.');
          System.out.flush();
        };
    CountDownLatch done = new CountDownLatch(1);
    IngestSettings settings =
        new IngestSettings(
            Integer.parseInt(args[3]),
            Duration.ofHours(1),
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofSeconds(5));
    try (StateDatabase state = StateDatabase.open(folder, "words", Clock.systemUTC())) {
      List<LogSource> sources =
          List.of(new Messages(folder, files, seed), new Listing(files, seed, done));
      try (Ingest<?> ingest =
          Ingest.start(
              state, new ShownTally(folder), sources, settings, Clock.systemUTC(), observer)) {
        done.await();
        ShownTally.append(
            folder.resolve("objects"), Long.toString(ingest.status().objectsCounted()));
      }
    }
    Runtime.getRuntime().halt(DONE);
  }

  private static List<LogObject> shuffled(List<LogObject> files, long seed) {
    List<LogObject> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /** Offers each file twice until it is acknowledged on disk, as a queue does. */
  private record Messages(Path folder, List<LogObject> files, long seed) implements LogSource {
    @Override
    public String name() {
      return "queue";
    }

    @Override
    public void poll(Inbox inbox) throws InterruptedException {
      Set<String> acknowledged = Set.copyOf(ShownTally.lines(folder.resolve(ACKNOWLEDGED)));
      for (LogObject file : shuffled(files, seed)) {
        if (!acknowledged.contains(file.id().location())) {
          inbox.offer(file, Delivery.IGNORED);
          inbox.offer(file, new Acknowledging(folder, file.id().location()));
        }
      }
    }

    @Override
    public Duration pause() {
      return Duration.ofMillis(2);
    }

    @Override
    public void close() {}
  }

  private record Acknowledging(Path folder, String location) implements Delivery {
    @Override
    public void committed() {
      ShownTally.append(folder.resolve(ACKNOWLEDGED), location);
    }

    @Override
    public void failed() {}
  }

  /** Offers what is not known, in another order; all is done when it finds nothing. */
  private record Listing(List<LogObject> files, long seed, CountDownLatch done)
      implements LogSource {
    @Override
    public String name() {
      return "list";
    }

    @Override
    public void poll(Inbox inbox) throws InterruptedException {
      Instant began = Clock.systemUTC().instant();
      for (LogObject file : shuffled(files, seed + 1)) {
        if (!inbox.isKnown(file.id())) {
          inbox.offer(file, Delivery.IGNORED);
        }
      }
      inbox.wholeLook(name(), began);
      if (inbox.lastWholeLook(name()).isPresent()) {
        done.countDown();
      }
    }

    @Override
    public Duration pause() {
      return Duration.ofMillis(2);
    }

    @Override
    public void close() {}
  }
}
