package dev.yagura.testing;

import dev.yagura.core.metrics.Exposition;
import dev.yagura.core.metrics.Format;
import dev.yagura.core.metrics.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Renders, reads and normalises the text format 0.0.4. */
public final class Expositions {
  private Expositions() {}

  /** These samples as text. */
  public static String render(List<Samples> samples) {
    var out = new ByteArrayOutputStream();
    try {
      new Exposition(samples, name -> true).write(out, Format.TEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /**
   * Reads a text more strictly than Prometheus does, as it is to be one of our own: every family
   * stands once, with help and type before its samples; there is no timestamp, no blank line, no
   * other comment, no series twice; a histogram is whole and its buckets grow.
   *
   * @throws IllegalArgumentException that names the first line at fault
   */
  public static ParsedExposition parse(String text) {
    return new ExpositionParser().parse(text);
  }

  /**
   * The same text with {@code <value>} in place of each value that is not to be compared.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static String normalise(String text, Predicate<Sample> varies) {
    parse(text);
    var normal = new StringBuilder();
    for (String line : text.split("(?<=\n)", -1)) {
      if (line.isEmpty() || line.startsWith("#")) {
        normal.append(line);
        continue;
      }
      String sample = line.substring(0, line.length() - 1);
      boolean replace = varies.test(SampleLine.parse(sample));
      normal
          .append(replace ? sample.substring(0, SampleLine.valueStart(sample)) + "<value>" : sample)
          .append('\n');
    }
    return normal.toString();
  }
}
