package dev.yagura.benchmark.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An exposition in the text format or OpenMetrics, as far as a comparison needs to read it. */
final class ExpositionText {

  /**
   * One sample.
   *
   * @param labels as written, without the braces
   */
  record Sample(String name, String labels, double value) {

    /** The value of a label, as written. */
    Optional<String> label(String wanted) {
      for (String prefix : List.of("", ",")) {
        String start = prefix + wanted + "=\"";
        int at = prefix.isEmpty() ? (labels.startsWith(start) ? 0 : -1) : labels.indexOf(start);
        if (at >= 0) {
          int from = at + start.length();
          return Optional.of(labels.substring(from, endOfQuote(labels, from)));
        }
      }
      return Optional.empty();
    }
  }

  private final List<Sample> samples;

  private ExpositionText(List<Sample> samples) {
    this.samples = samples;
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
    int nameEnd = 0;
    while (nameEnd < line.length() && line.charAt(nameEnd) != '{' && line.charAt(nameEnd) != ' ') {
      nameEnd++;
    }
    String labels = "";
    int valueStart = nameEnd;
    if (nameEnd < line.length() && line.charAt(nameEnd) == '{') {
      int end = nameEnd + 1;
      while (end < line.length() && line.charAt(end) != '}') {
        end = line.charAt(end) == '"' ? endOfQuote(line, end + 1) + 1 : end + 1;
      }
      labels = line.substring(nameEnd + 1, Math.min(end, line.length()));
      valueStart = Math.min(end + 1, line.length());
    }
    String value = line.substring(valueStart).strip();
    int space = value.indexOf(' ');
    return new Sample(
        line.substring(0, nameEnd), labels, number(space < 0 ? value : value.substring(0, space)));
  }

  private static int endOfQuote(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw new IllegalArgumentException("a label does not end: " + text);
    }
    return at;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  int size() {
    return samples.size();
  }

  /** The samples of this name. */
  Stream<Sample> named(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name));
  }

  /** How many samples each name has. */
  SortedMap<String, Integer> countByName() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    samples.forEach(sample -> counts.merge(sample.name(), 1, Integer::sum));
    return counts;
  }

  /** The names of which this has samples and the other has none. */
  List<String> namesMissingIn(ExpositionText other) {
    List<String> missing = new ArrayList<>(countByName().keySet());
    missing.removeAll(other.countByName().keySet());
    return missing;
  }
}
