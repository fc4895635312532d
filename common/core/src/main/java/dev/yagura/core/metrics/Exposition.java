package dev.yagura.core.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Everything one answer shows, families in the order of their names. It is written straight from
 * the rows: no line, and no list of samples, is ever held in memory.
 */
public final class Exposition {
  private final Map<String, List<Samples.Series<?>>> byName = new TreeMap<>();

  /**
   * Merges the samples of many targets, so that each family stands once.
   *
   * @param names whether a family of this name is wanted
   */
  public Exposition(List<Samples> all, Predicate<String> names) {
    for (Samples samples : all) {
      for (Samples.Series<?> series : samples.series()) {
        String name = series.family().name();
        if (names.test(name)) {
          byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(series);
        }
      }
    }
  }

  /** Writes all of it; the stream is neither flushed nor closed. */
  public void write(OutputStream out, Format format) throws IOException {
    SeriesWriter writer =
        format == Format.PROTOBUF
            ? new ProtobufWriter(out)
            : new TextWriter(out, format == Format.OPENMETRICS);
    for (List<Samples.Series<?>> family : byName.values()) {
      writer.write(family);
    }
    writer.end();
  }

  /** One of the exposition formats. */
  interface SeriesWriter {
    /** Writes one family: series of one name and type, from one or many targets. */
    void write(List<Samples.Series<?>> family) throws IOException;

    void end() throws IOException;
  }
}
