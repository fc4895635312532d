package dev.yagura.core.metrics;

import java.util.regex.Pattern;

/** The characters that Prometheus allows in names. */
public final class Names {
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private Names() {}

  /** Whether this can be a label's name; names that begin with two underscores are Prometheus'. */
  public static boolean isLabel(String name) {
    return LABEL.matcher(name).matches() && !name.startsWith("__");
  }

  static void checkLabel(String name) {
    if (!isLabel(name)) {
      throw new IllegalArgumentException("not a label name: " + name);
    }
  }

  static void checkMetric(String name) {
    if (!METRIC.matcher(name).matches()) {
      throw new IllegalArgumentException("not a metric name: " + name);
    }
  }
}
