package dev.yagura.core.metrics;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The exposition formats, and which of them a client asked for. */
public enum Format {
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
  PROTOBUF(
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  /** The value of {@code Content-Type} that goes with this format. */
  public String contentType() {
    return contentType;
  }

  /** The format a client likes best by the weights of its {@code Accept}; text where in doubt. */
  public static Format negotiate(@Nullable String accept) {
    Format best = TEXT;
    double bestWeight = 0;
    if (accept != null) {
      for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
        Format format = ofRange(range);
        double weight = weight(range);
        if (format != null && weight > bestWeight) {
          best = format;
          bestWeight = weight;
        }
      }
    }
    return best;
  }

  private static @Nullable Format ofRange(String range) {
    String type = range.split(";", -1)[0].trim();
    return switch (type) {
      case "text/plain", "text/*", "*/*" -> TEXT;
      case "application/openmetrics-text" -> OPENMETRICS;
      case "application/vnd.google.protobuf" ->
          range.contains("io.prometheus.client.metricfamily") && range.contains("delimited")
              ? PROTOBUF
              : null;
      default -> null;
    };
  }

  private static double weight(String range) {
    for (String parameter : range.split(";", -1)) {
      String trimmed = parameter.trim();
      if (trimmed.startsWith("q=")) {
        try {
          double weight = Double.parseDouble(trimmed.substring(2));
          return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException ignored) {
          return 0;
        }
      }
    }
    return 1;
  }
}
