package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.format.Line;
import dev.yagura.accesslog.format.LineHandler;
import dev.yagura.accesslog.format.LogReader;
import dev.yagura.accesslog.format.Malformed;
import dev.yagura.accesslog.format.Wanted;
import dev.yagura.accesslog.source.LogObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Counts words in compressed log files, by the reader that reads all logs. */
final class LogTally extends ShownTally {
  private static final String WORD = "word";

  LogTally(Path folder) {
    super(folder);
  }

  /** The log file that has the words of a text. */
  static byte[] file(String text) {
    var out = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(out)) {
      String log = "#Fields: " + WORD + " number\n" + text.replace(' ', '\t');
      packed.write(log.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public Map<String, Long> read(LogObject object, InputStream in) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    new LogReader(List.of(Wanted.column(WORD))).read(in, object.shape(), new Words(counts));
    return counts;
  }

  private record Words(Map<String, Long> counts) implements LineHandler {
    @Override
    public void columns(boolean[] present) {}

    @Override
    public @Nullable Malformed line(Line line) {
      int start = line.start(0);
      String word =
          new String(line.buffer(), start, line.end(0) - start, StandardCharsets.US_ASCII);
      counts.merge(word, 1L, Long::sum);
      return null;
    }
  }
}
