package dev.yagura.accesslog.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads log files of every format in one pass over their bytes: columns under a {@code #Fields}
 * line whatever their order, columns without one in the order of the configuration, and JSON, an
 * object a line. What a file is is told by its first line. Used by one thread; its buffer serves
 * file after file.
 */
public final class LogReader {
  /** Longer lines are skipped, in bytes; a request of 28 KiB, all of it escaped, is shorter. */
  static final int LONGEST_LINE = 128 * 1024;

  private static final byte NEWLINE = '\n';
  private static final String PARQUET = "PAR1";
  private static final String FIELDS = "#Fields:";

  private final byte[] buffer = new byte[LONGEST_LINE + 1];
  private final Line line;
  private final DelimitedLines delimited;
  private final JsonLines json;

  /** A reader that gives these columns, numbered in this order. */
  public LogReader(List<Wanted> wanted) {
    this.line = new Line(wanted.size());
    this.delimited = new DelimitedLines(List.copyOf(wanted), line);
    this.json = new JsonLines(List.copyOf(wanted), line);
  }

  /**
   * Reads a whole file, gzip or not; the stream is left open.
   *
   * @throws UnreadableLogException if it is no log that can be read; lines may have been handed
   *     over
   * @throws IOException if the stream broke off
   */
  public ReadStats read(InputStream stored, LogShape shape, LineHandler handler)
      throws IOException {
    try (var bytes = new UnpackedBytes(stored)) {
      return new Pass(shape, handler).read(bytes);
    }
  }

  private enum Kind {
    UNKNOWN,
    DELIMITED,
    JSON
  }

  /** What is true of one file only. */
  private final class Pass {
    private final LogShape shape;
    private final LineHandler handler;
    private final char delimiter;
    private final Map<Malformed, Long> malformed = new EnumMap<>(Malformed.class);
    private Kind kind = Kind.UNKNOWN;
    private long lines;
    private long bytesRead;

    Pass(LogShape shape, LineHandler handler) {
      this.shape = shape;
      this.handler = handler;
      this.delimiter = shape.delimiter().orElse('\t');
    }

    ReadStats read(UnpackedBytes bytes) throws IOException {
      int limit = fill(bytes, 0);
      int start = begin(limit);
      boolean skipping = false;
      while (limit > 0) {
        if (limit < LONGEST_LINE && limit > start && buffer[limit - 1] != NEWLINE) {
          // The last line of a file need not end in a newline.
          buffer[limit++] = NEWLINE;
        }
        if (skipping) {
          int newline = Bytes.indexOf(buffer, 0, limit, NEWLINE);
          start = newline < 0 ? limit : newline + 1;
          skipping = newline < 0;
        }
        start = lines(start, limit);
        if (start == 0) {
          note(Malformed.TOO_LONG);
          skipping = true;
          start = limit;
        }
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit = fill(bytes, limit - start);
        start = 0;
      }
      return new ReadStats(lines, bytesRead, malformed);
    }

    /** Fills the buffer, but for the end of the file, so that no line is looked at often. */
    private int fill(UnpackedBytes bytes, int from) throws IOException {
      int limit = from;
      while (limit < LONGEST_LINE) {
        int count = bytes.read(buffer, limit, LONGEST_LINE - limit);
        if (count < 0) {
          break;
        }
        limit += count;
      }
      bytesRead += limit - from;
      return limit;
    }

    private int begin(int limit) throws UnreadableLogException {
      if (text(0, Math.min(limit, PARQUET.length())).equals(PARQUET)) {
        throw new UnreadableLogException(
            "it is Parquet, which is not read; have the logs delivered as w3c, json or plain");
      }
      boolean marked = limit >= 3 && text(0, 3).equals("\u00ef\u00bb\u00bf");
      return marked ? 3 : 0;
    }

    /** Reads all lines that end before the limit; gives where the one begins that does not. */
    private int lines(int from, int limit) throws UnreadableLogException {
      int start = from;
      while (start < limit) {
        int next;
        if (kind == Kind.DELIMITED && buffer[start] > '#') {
          next = delimitedLine(start, limit);
        } else {
          int newline = Bytes.indexOf(buffer, start, limit, NEWLINE);
          next = newline + 1;
          if (newline >= 0) {
            anyLine(start, newline);
          }
        }
        if (next <= 0) {
          return start;
        }
        start = next;
      }
      return start;
    }

    private int delimitedLine(int start, int limit) {
      int next = delimited.read(buffer, start, limit);
      if (next > 0) {
        taken(delimited.complete() ? handler.line(line) : Malformed.TOO_FEW_COLUMNS);
      }
      return next;
    }

    private void anyLine(int start, int newline) throws UnreadableLogException {
      int end = newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
      if (start == end) {
        return;
      }
      if (buffer[start] == '#') {
        directive(text(start, end));
        return;
      }
      if (kind == Kind.UNKNOWN) {
        begin(buffer[start]);
      }
      if (kind == Kind.DELIMITED) {
        delimitedLine(start, newline + 1);
        return;
      }
      for (int next = start; next < end; ) {
        next = json.read(buffer, next, end);
        Malformed problem = json.problem();
        taken(problem == null ? handler.line(line) : problem);
      }
    }

    private void directive(String text) throws UnreadableLogException {
      if (text.startsWith(FIELDS)) {
        String separators = "[\\s" + Pattern.quote(String.valueOf(delimiter)) + "]+";
        columns(Arrays.asList(text.substring(FIELDS.length()).strip().split(separators)));
      }
    }

    /** The first line that is no directive tells what a file without a header is. */
    private void begin(byte first) throws UnreadableLogException {
      if (first == '{') {
        kind = Kind.JSON;
      } else if (shape.fields().isEmpty()) {
        throw new UnreadableLogException(
            "it has no #Fields line and does not begin as JSON; name its columns: fields of its"
                + " source in the configuration, --fields on the command line");
      } else {
        columns(shape.fields());
      }
    }

    private void columns(List<String> names) throws UnreadableLogException {
      kind = Kind.DELIMITED;
      handler.columns(delimited.columns(names, delimiter));
    }

    private void taken(@Nullable Malformed problem) {
      lines++;
      if (problem != null) {
        malformed.merge(problem, 1L, Long::sum);
      }
    }

    private void note(Malformed problem) {
      taken(problem);
    }

    private String text(int from, int to) {
      return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
