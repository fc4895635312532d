package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.Delivery;
import dev.yagura.accesslog.source.Inbox;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.LogSource;
import dev.yagura.accesslog.state.StateDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own that counts made-up files until all are counted, halts at one step if told
 * to, and says a byte at each step so that it can be killed from outside.
 */
final class IngestChild {
  static final int DONE = 0;
  static final int HALTED = 9;
  private static final String PUBLISHED = "published";
  private static final String ACKNOWLEDGED = "acknowledged";

  private IngestChild() {}

  /** Arguments: folder, seed, number of files, readers, at which step to halt or 0. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    long seed = Long.parseLong(args[1]);
    List<LogObject> files = Logs.objects(Logs.texts(Integer.parseInt(args[2]), seed));
    int haltAt = Integer.parseInt(args[4]);
    AtomicInteger steps = new AtomicInteger();
    Step.Observer observer =
        step -> {
          if (steps.incrementAndGet() == haltAt) {
            Runtime.getRuntime().halt(HALTED);
          }
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
              state, new NotingTally(folder), sources, settings, Clock.systemUTC(), observer)) {
        done.await();
        note(folder, "objects", Map.of("objects", ingest.status().objectsCounted()));
      }
    }
    Runtime.getRuntime().halt(DONE);
  }

  /** All that was ever shown, in its order, over all processes. */
  static List<Map<String, Long>> published(Path folder) throws IOException {
    List<Map<String, Long>> published = new ArrayList<>();
    Path file = folder.resolve(PUBLISHED);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Map<String, Long> shown = new TreeMap<>();
        for (String pair : line.split(",", -1)) {
          if (!pair.isEmpty()) {
            shown.put(pair.split("=", 2)[0], Long.parseLong(pair.split("=", 2)[1]));
          }
        }
        published.add(shown);
      }
    }
    return published;
  }

  private static synchronized void note(Path folder, String name, Map<String, Long> values) {
    List<String> pairs = new ArrayList<>();
    new TreeMap<>(values).forEach((key, value) -> pairs.add(key + "=" + value));
    append(folder.resolve(name), String.join(",", pairs) + "\n");
  }

  private static void append(Path file, String text) {
    try {
      Files.write(
          file,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<LogObject> shuffled(List<LogObject> files, long seed) {
    List<LogObject> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  private static final class NotingTally extends WordTally {
    private final Path folder;

    NotingTally(Path folder) {
      this.folder = folder;
    }

    @Override
    public void publish() {
      super.publish();
      note(folder, PUBLISHED, shown());
    }
  }

  /** Offers each file twice until it is acknowledged on disk, as a queue does. */
  private record Messages(Path folder, List<LogObject> files, long seed) implements LogSource {
    @Override
    public String name() {
      return "queue";
    }

    @Override
    public void poll(Inbox inbox) throws InterruptedException {
      Set<String> acknowledged = acknowledged();
      for (LogObject file : shuffled(files, seed)) {
        if (!acknowledged.contains(file.id().location())) {
          inbox.offer(file, Delivery.IGNORED);
          inbox.offer(file, new Acknowledging(folder, file.id().location()));
        }
      }
    }

    private Set<String> acknowledged() {
      try {
        Path file = folder.resolve(ACKNOWLEDGED);
        return Files.exists(file) ? new HashSet<>(Files.readAllLines(file)) : Set.of();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
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
      append(folder.resolve(ACKNOWLEDGED), location + "\n");
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
