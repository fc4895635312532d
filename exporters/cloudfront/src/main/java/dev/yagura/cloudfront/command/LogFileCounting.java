package dev.yagura.cloudfront.command;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.accesslog.source.AwsClients;
import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.ObjectId;
import dev.yagura.accesslog.source.OneShot;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.cloudfront.count.DistributionName;
import dev.yagura.cloudfront.count.FileCounter;
import dev.yagura.cloudfront.count.FileCounter.Window;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.core.scrape.ScrapeException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts log files, as many at once as there are processors, the largest first. A file is counted
 * whole or not at all.
 */
public final class LogFileCounting implements Counting {
  private static final String STANDARD_INPUT = "-";
  private static final Window ALL = Window.ALWAYS;

  private final Clock clock;

  /** Counts; the clock refuses times that are still to come. */
  public LogFileCounting(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Result count(Question question, Progress progress) throws IOException {
    try (var lister = new OneShot(question.shape(), "distribution", this::buckets)) {
      var run = new Run(question, progress);
      for (String argument : question.arguments()) {
        run.find(argument, lister);
      }
      run.countAll();
      return run.counted.result(question, clock.instant(), List.copyOf(run.unread));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private AwsClients buckets() {
    AwsUse use = AwsUse.fresh(clock, System::nanoTime);
    return new AwsClients(Optional.empty(), Optional.empty(), use);
  }

  private final class Run {
    private final Question question;
    private final Progress progress;

    /** A file that several arguments name is one. */
    private final Map<ObjectId, LogObject> found = new LinkedHashMap<>();

    private final ConcurrentLinkedQueue<Unread> unread = new ConcurrentLinkedQueue<>();
    private final CountedDistributions counted;
    private final Window window;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private long total;

    Run(Question question, Progress progress) {
      this.question = question;
      this.progress = progress;
      this.counted = new CountedDistributions(question.maxObjects());
      this.window =
          new Window(
              question.start().map(Instant::getEpochSecond).orElse(ALL.start()),
              question.end().map(Instant::getEpochSecond).orElse(ALL.end()));
    }

    void find(String argument, OneShot lister) throws InterruptedException {
      if (argument.equals(STANDARD_INPUT)) {
        LogObject input = standardInput(question.shape());
        found.put(input.id(), input);
        return;
      }
      try {
        lister.list(argument).forEach(file -> found.putIfAbsent(file.id(), file));
      } catch (ScrapeException | IllegalArgumentException e) {
        unread.add(new Unread(argument, String.valueOf(e.getMessage())));
      }
    }

    void countAll() throws InterruptedException, IOException {
      List<LogObject> files =
          found.values().stream()
              .filter(this::isAsked)
              .sorted(Comparator.comparingLong(LogObject::size).reversed())
              .toList();
      total = files.stream().mapToLong(LogObject::size).sum();
      var queue = new ConcurrentLinkedQueue<LogObject>(files);
      int readers = Math.min(Runtime.getRuntime().availableProcessors(), files.size());
      if (readers <= 1) {
        countFrom(queue);
        return;
      }
      ExecutorService pool = Executors.newFixedThreadPool(readers);
      try {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
          all.add(pool.submit(() -> countFrom(queue)));
        }
        for (Future<?> one : all) {
          one.get();
        }
      } catch (ExecutionException e) {
        throw new IOException("a fault of ours: " + e.getCause(), e);
      } finally {
        pool.shutdownNow();
      }
    }

    /** Whether it may be a log of the distribution that is asked for. */
    private boolean isAsked(LogObject file) {
      Optional<String> name = DistributionName.of(file);
      return name.isEmpty() || question.distribution().map(name.get()::equals).orElse(true);
    }

    private void countFrom(ConcurrentLinkedQueue<LogObject> queue) {
      var counter = FileCounter.ofWindow(question.naming(), window, clock);
      for (LogObject file = queue.poll(); file != null; file = queue.poll()) {
        var counts = new FileCounts(question.maxObjects(), object -> false);
        try (InputStream stored = new Watched(file.content().open())) {
          counter.read(stored, file.shape(), counts);
        } catch (IOException e) {
          unread.add(new Unread(file.id().location(), String.valueOf(e.getMessage())));
          continue;
        }
        lines.addAndGet(counts.lines());
        String name =
            DistributionName.of(file).or(question::distribution).orElse(DistributionName.UNKNOWN);
        counted.add(name, counts);
      }
    }

    /** Tells how far the reading is. */
    private final class Watched extends FilterInputStream {
      Watched(InputStream in) {
        super(in);
      }

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        int count = super.read(target, from, length);
        progress.at(done.addAndGet(Math.max(count, 0)), total, lines.get());
        return count;
      }
    }
  }

  private static LogObject standardInput(LogShape shape) {
    return new LogObject(
        new ObjectId("standard input", ""),
        0,
        Instant.EPOCH,
        Optional.empty(),
        shape,
        () -> new FileInputStream(FileDescriptor.in));
  }
}
