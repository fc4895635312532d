package dev.yagura.core.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the text format 0.0.4 and OpenMetrics 1.0.0.
 *
 * <p>OpenMetrics wants {@code _total} behind every counter. A drop-in name without it is not
 * renamed, which would break a dashboard, but typed {@code unknown} there.
 */
final class TextWriter implements Exposition.SeriesWriter {
  private static final int FLUSH_AT = 32 * 1024;
  private static final byte[] ONE = {' ', '1', '\n'};

  private final OutputStream out;
  private final boolean openMetrics;
  private final Utf8Buffer buffer = new Utf8Buffer(FLUSH_AT + 4 * 1024);

  TextWriter(OutputStream out, boolean openMetrics) {
    this.out = out;
    this.openMetrics = openMetrics;
  }

  @Override
  public void write(List<Samples.Series<?>> family) throws IOException {
    boolean headed = false;
    for (Samples.Series<?> series : family) {
      headed = write(series, headed);
    }
  }

  @Override
  public void end() throws IOException {
    if (openMetrics) {
      buffer.putAscii("# EOF\n");
    }
    buffer.writeTo(out);
  }

  private <R> boolean write(Samples.Series<R> series, boolean alreadyHeaded) throws IOException {
    Family<R> family = series.family();
    byte[] name = family.name().getBytes(StandardCharsets.US_ASCII);
    boolean headed = alreadyHeaded;
    int size = series.rows().size();
    for (int i = 0; i < size; i++) {
      if (!series.has(i)) {
        continue;
      }
      R row = series.rows().get(i);
      if (family.isDistribution()) {
        Distribution distribution = family.distribution(row);
        if (distribution != null) {
          headed = headed || header(family);
          put(name, series.labels(i), distribution, family.type() == MetricType.HISTOGRAM);
        }
      } else {
        Number value = family.value(row);
        if (value != null) {
          headed = headed || header(family);
          buffer.put(name);
          buffer.put(series.labels(i));
          if (family.type() == MetricType.INFO) {
            buffer.put(ONE);
          } else {
            endLine(value.doubleValue());
          }
        }
      }
      if (buffer.length() >= FLUSH_AT) {
        buffer.writeTo(out);
      }
    }
    return headed;
  }

  private void put(byte[] name, byte[] labels, Distribution distribution, boolean buckets) {
    if (buckets) {
      for (int i = 0; i < distribution.buckets(); i++) {
        bucket(name, labels, distribution.upperBound(i), distribution.cumulativeCount(i));
      }
      bucket(name, labels, Double.POSITIVE_INFINITY, distribution.count());
    }
    buffer.put(name);
    buffer.putAscii("_count");
    buffer.put(labels);
    endLine(distribution.count());
    buffer.put(name);
    buffer.putAscii("_sum");
    buffer.put(labels);
    endLine(distribution.sum());
  }

  private void bucket(byte[] name, byte[] labels, double bound, long count) {
    buffer.put(name);
    buffer.putAscii("_bucket");
    if (labels.length == 0) {
      buffer.put('{');
    } else {
      buffer.put(labels, labels.length - 1);
      buffer.put(',');
    }
    buffer.putAscii("le=\"");
    if (!openMetrics && bound == Math.rint(bound) && Math.abs(bound) < 1e15) {
      // The peers' text says le="1", and so do the selectors of their dashboards.
      buffer.putLong((long) bound);
    } else {
      buffer.putDouble(bound);
    }
    buffer.putAscii("\"}");
    endLine(count);
  }

  private void endLine(double value) {
    buffer.put(' ');
    buffer.putDouble(value);
    buffer.put('\n');
  }

  private void endLine(long value) {
    buffer.put(' ');
    buffer.putLong(value);
    buffer.put('\n');
  }

  private boolean header(Family<?> family) {
    if (openMetrics) {
      String name = openMetricsName(family);
      comment("TYPE", name);
      buffer.putAscii(openMetricsType(family));
      buffer.put('\n');
      comment("HELP", name);
      buffer.putEscaped(family.help(), true);
    } else {
      comment("HELP", family.name());
      buffer.putEscaped(family.help(), false);
      buffer.put('\n');
      comment("TYPE", family.name());
      buffer.putAscii(family.type().textName());
    }
    buffer.put('\n');
    return true;
  }

  private void comment(String keyword, String name) {
    buffer.putAscii("# ");
    buffer.putAscii(keyword);
    buffer.put(' ');
    buffer.putAscii(name);
    buffer.put(' ');
  }

  private static String openMetricsName(Family<?> family) {
    String suffix =
        switch (family.type()) {
          case COUNTER -> "_total";
          case INFO -> "_info";
          default -> "";
        };
    String name = family.name();
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }

  private static String openMetricsType(Family<?> family) {
    return switch (family.type()) {
      case COUNTER -> family.name().endsWith("_total") ? "counter" : "unknown";
      case INFO -> "info";
      case UNTYPED -> "unknown";
      default -> family.type().textName();
    };
  }
}
