package dev.yagura.testing;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one sample's line, in the strictest reading of the text format 0.0.4. */
final class SampleLine {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.+)\\})? ([^ {}\"]+)", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile(
          "\\G(?:(?<=\")|^),?([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"\n]|\\\\[\\\\\"n])*)\"");
  private static final Pattern VALUE =
      Pattern.compile("NaN|[+-]Inf|-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private SampleLine() {}

  /**
   * The sample in this line.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static Sample parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a sample");
    }
    String labels = matcher.group(2);
    return new Sample(
        matcher.group(1),
        labels == null ? new TreeMap<>() : labels(labels),
        value(matcher.group(3)));
  }

  /** Where in the line its value begins. */
  static int valueStart(String line) {
    return line.lastIndexOf(' ') + 1;
  }

  private static SortedMap<String, String> labels(String text) {
    var labels = new TreeMap<String, String>();
    Matcher matcher = LABEL.matcher(text);
    int end = 0;
    while (matcher.find()) {
      boolean comma = text.charAt(matcher.start()) == ',';
      if (comma == (end == 0)) {
        throw new IllegalArgumentException("labels are parted by one comma each");
      }
      if (labels.put(matcher.group(1), unescape(matcher.group(2), true)) != null) {
        throw new IllegalArgumentException("label " + matcher.group(1) + " is there twice");
      }
      end = matcher.end();
    }
    if (end != text.length()) {
      throw new IllegalArgumentException("malformed labels at: " + text.substring(end));
    }
    return labels;
  }

  private static double value(String text) {
    if (!VALUE.matcher(text).matches()) {
      throw new IllegalArgumentException("malformed value " + text);
    }
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Undoes the escapes of a label's value, or of a help text, where quotes stand as they are. */
  static String unescape(String text, boolean quotes) {
    var plain = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!escaped && c == '\\') {
        escaped = true;
      } else if (!escaped) {
        plain.append(c);
      } else if (c == '\\' || c == 'n' || (quotes && c == '"')) {
        plain.append(c == 'n' ? '\n' : c);
        escaped = false;
      } else {
        throw new IllegalArgumentException("malformed escape \\" + c);
      }
    }
    if (escaped) {
      throw new IllegalArgumentException("a backslash escapes nothing");
    }
    return plain.toString();
  }
}
