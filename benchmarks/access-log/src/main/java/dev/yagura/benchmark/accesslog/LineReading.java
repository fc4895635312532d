package dev.yagura.benchmark.accesslog;

import dev.yagura.accesslog.format.Line;
import dev.yagura.accesslog.format.LineHandler;
import dev.yagura.accesslog.format.LogReader;
import dev.yagura.accesslog.format.LogShape;
import dev.yagura.accesslog.format.Malformed;
import dev.yagura.accesslog.format.Wanted;
import dev.yagura.loggenerator.LogFields;
import dev.yagura.loggenerator.LogFormat;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a line costs the reader, in each format; nothing is counted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LineReading {
  private static final int LINES = 20_000;
  private static final int OBJECTS = 5_000;

  /** As many as popular-objects wants. */
  private static final List<Wanted> WANTED =
      List.of(
          Wanted.column("cs-uri-stem"),
          Wanted.column("sc-status"),
          Wanted.column("sc-bytes"),
          Wanted.column("x-edge-result-type"),
          Wanted.column("x-edge-response-result-type"),
          Wanted.column("date"),
          Wanted.column("time"));

  /** The format of the file. */
  @Param({"V1", "JSON"})
  public LogFormat format = LogFormat.V1;

  /** Whether it is gzip. */
  @Param({"false", "true"})
  public boolean packed;

  private byte[] stored = new byte[0];
  private final LogReader reader = new LogReader(WANTED);
  private final Sum sum = new Sum();

  /** Makes the file. */
  @Setup(Level.Trial)
  public void generate() {
    stored =
        LogWriter.bytes(
            LogPlan.of(format, LogFields.V1.subList(0, 33), LINES).inMembers(packed ? 1 : 0),
            new Traffic(
                1, Popularity.zipf(OBJECTS, 1.0), LogGenerator.START, Duration.ofHours(1), 0));
  }

  /** Reads the file; the time is that of a line. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public long line() throws IOException {
    return reader.read(new ByteArrayInputStream(stored), LogShape.OF_FILE, sum).lines() + sum.all;
  }

  /** Looks at every view, so that none is left out. */
  private static final class Sum implements LineHandler {
    private long all;

    @Override
    public void columns(boolean[] present) {}

    @Override
    public @Nullable Malformed line(Line line) {
      for (int column = 0; column < WANTED.size(); column++) {
        all += line.end(column) - line.start(column);
      }
      return null;
    }
  }
}
