package dev.yagura.benchmark.cloudwatch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An exposition in the text format or OpenMetrics, as far as a comparison needs to read it. */
record ExpositionText(List<Sample> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})?[ \\t]+(\\S+)(?:[ \\t]+[-\\d.]+)?\\s*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  /** One sample; the values of its labels are as written. */
  record Sample(String name, Map<String, String> labels, double value) {
    String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  /**
   * Reads every sample.
   *
   * @throws IllegalArgumentException if a line is neither a sample nor a comment
   */
  static ExpositionText parse(String text) {
    return new ExpositionText(
        text.lines()
            .filter(line -> !line.isBlank() && line.charAt(0) != '#')
            .map(ExpositionText::sample)
            .toList());
  }

  private static Sample sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no sample: " + line);
    }
    String written = matcher.group(2) == null ? "" : matcher.group(2);
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(written);
    int end = 0;
    while (end < written.length()) {
      if (!label.find(end) || label.start() != end) {
        throw new IllegalArgumentException("no labels: " + line);
      }
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    return new Sample(matcher.group(1), labels, number(matcher.group(3)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The samples of this name. */
  Stream<Sample> named(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name));
  }
}
