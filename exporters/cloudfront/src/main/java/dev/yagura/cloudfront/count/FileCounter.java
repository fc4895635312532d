package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.format.Line;
import dev.yagura.accesslog.format.LineHandler;
import dev.yagura.accesslog.format.LogReader;
import dev.yagura.accesslog.format.LogShape;
import dev.yagura.accesslog.format.Malformed;
import dev.yagura.accesslog.format.ReadStats;
import dev.yagura.accesslog.format.UnreadableLogException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the lines of CloudFront's logs by AWS's definitions. Used by one thread. */
public final class FileCounter {
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;
  private static final long UNTOLD = -1;
  private static final long INVALID = -2;
  private static final int[] REQUIRED = {LogColumns.STEM, LogColumns.STATUS, LogColumns.BYTES};
  private static final int[] TOLD = {LogColumns.RESULT, LogColumns.RESPONSE_RESULT};

  private final LogReader reader;
  private final ObjectNaming.Namer namer;
  private final Window window;
  private final boolean detailed;
  private final Duration kept;
  private final Clock clock;

  /**
   * The requests that count.
   *
   * @param start in seconds since 1970, included
   * @param end in seconds since 1970, not included
   */
  public record Window(long start, long end) {
    /** All of them. */
    public static final Window ALWAYS = new Window(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private FileCounter(
      ObjectNaming naming, Window window, boolean detailed, Duration kept, Clock clock) {
    this.reader = new LogReader(LogColumns.wanted(!naming.queryParameters().isEmpty(), detailed));
    this.namer = naming.namer();
    this.window = window;
    this.detailed = detailed;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Counts everything, hour by hour, and how long requests took.
   *
   * @param kept how long ago hours are told apart; all that is older counts as the hour before
   */
  public static FileCounter detailed(ObjectNaming naming, Duration kept, Clock clock) {
    return new FileCounter(naming, Window.ALWAYS, true, kept, clock);
  }

  /** Counts a window as if it were the hour 0, and nothing that a report does not show. */
  public static FileCounter ofWindow(ObjectNaming naming, Window window, Clock clock) {
    return new FileCounter(naming, window, false, Duration.ZERO, clock);
  }

  /**
   * Reads a file and adds it; the stream is left open.
   *
   * @throws UnreadableLogException if it cannot be read whatever one does; part of it may be added
   * @throws IOException if the stream broke off; part of it may be added
   */
  public void read(InputStream stored, LogShape shape, FileCounts into) throws IOException {
    long now = clock.instant().getEpochSecond();
    long firstHour = detailed ? (now - kept.toSeconds()) / HOUR - 1 : 0;
    var lines = new Lines(into, new EventTime(now + DAY), firstHour);
    ReadStats stats = reader.read(stored, shape, lines);
    into.read(stats.lines(), stats.bytes(), stats.malformed(), lines.oldest, lines.newest);
  }

  private final class Lines implements LineHandler {
    private final FileCounts counts;
    private final EventTime time;
    private final long firstHour;
    private long oldest = Long.MAX_VALUE;
    private long newest;

    Lines(FileCounts counts, EventTime time, long firstHour) {
      this.counts = counts;
      this.time = time;
      this.firstHour = firstHour;
    }

    @Override
    public void columns(boolean[] present) throws UnreadableLogException {
      List<String> missing = new ArrayList<>();
      for (int column : REQUIRED) {
        if (!present[column]) {
          missing.add(LogColumns.ALL.get(column).names().get(0));
        }
      }
      boolean timed =
          (present[LogColumns.DATE] && present[LogColumns.TIME])
              || present[LogColumns.TIMESTAMP]
              || present[LogColumns.TIMESTAMP_MILLIS];
      if (!timed) {
        missing.add("date and time, timestamp or timestamp(ms)");
      }
      if (!missing.isEmpty()) {
        throw new UnreadableLogException("it lacks the columns " + String.join(", ", missing));
      }
    }

    @Override
    public @Nullable Malformed line(Line line) {
      for (int column : REQUIRED) {
        if (!line.has(column)) {
          return Malformed.TOO_FEW_COLUMNS;
        }
      }
      long seconds = time.seconds(line);
      if (seconds < 0) {
        return Malformed.BAD_TIME;
      }
      int status = status(line);
      long size = number(line, LogColumns.BYTES);
      if (status < 0 || size < 0) {
        return Malformed.BAD_NUMBER;
      }
      long taken = detailed ? micros(line, LogColumns.TIME_TAKEN) : UNTOLD;
      long first = detailed ? micros(line, LogColumns.FIRST_BYTE) : UNTOLD;
      if (seconds < window.start || seconds >= window.end) {
        return null;
      }
      oldest = Math.min(oldest, seconds);
      newest = Math.max(newest, seconds);
      int result = type(line, LogColumns.RESULT);
      int response = type(line, LogColumns.RESPONSE_RESULT);
      namer.name(line);
      long hour = detailed ? Math.max(seconds / HOUR, firstHour) : 0;
      counts.count(hour, result, response, status, size, namer);
      if (detailed) {
        counts.observe(counts.timeTaken(), result, taken);
        counts.observe(counts.firstByte(), result, first);
        // A request whose time is no number is a request all the same.
        if (taken == INVALID) {
          counts.missing(LogColumns.TIME_TAKEN);
        }
        if (first == INVALID) {
          counts.missing(LogColumns.FIRST_BYTE);
        }
      }
      for (int column : TOLD) {
        if (!line.has(column)) {
          counts.missing(column);
        }
      }
      return null;
    }

    /** A status of three digits; 0 for none, as where the viewer closed first. */
    private int status(Line line) {
      if (line.isNothing(LogColumns.STATUS)) {
        return 0;
      }
      int from = line.start(LogColumns.STATUS);
      int to = line.end(LogColumns.STATUS);
      return to - from == 3 ? (int) Digits.whole(line.buffer(), from, to) : -1;
    }

    private long number(Line line, int column) {
      return line.isNothing(column)
          ? 0
          : Digits.whole(line.buffer(), line.start(column), line.end(column));
    }

    private long micros(Line line, int column) {
      if (line.isNothing(column)) {
        return UNTOLD;
      }
      long micros = Digits.micros(line.buffer(), line.start(column), line.end(column));
      return micros < 0 ? INVALID : micros;
    }

    private int type(Line line, int column) {
      return line.isNothing(column)
          ? -1
          : counts.types.number(line.buffer(), line.start(column), line.end(column));
    }
  }
}
