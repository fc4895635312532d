package dev.yagura.core.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes {@code io.prometheus.client.MetricFamily} messages, each behind its length. The message is
 * small and frozen, and a library for it would append {@code _total} to drop-in counters.
 */
final class ProtobufWriter implements Exposition.SeriesWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;

  private final OutputStream out;
  private final Utf8Buffer family = new Utf8Buffer(16 * 1024);
  private final Utf8Buffer metric = new Utf8Buffer(512);
  private final Utf8Buffer value = new Utf8Buffer(256);
  private final Utf8Buffer inner = new Utf8Buffer(256);
  private final Utf8Buffer length = new Utf8Buffer(16);

  ProtobufWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(List<Samples.Series<?>> series) throws IOException {
    Family<?> first = series.get(0).family();
    family.clear();
    putString(family, 1, first.name());
    putString(family, 2, first.help());
    putTag(family, 3, VARINT);
    putVarint(family, first.type().protobufNumber());
    int header = family.length();
    for (Samples.Series<?> one : series) {
      putMetrics(one);
    }
    if (family.length() > header) {
      putVarint(length, family.length());
      length.writeTo(out);
      family.writeTo(out);
    }
  }

  @Override
  public void end() {}

  private <R> void putMetrics(Samples.Series<R> series) {
    Family<R> of = series.family();
    for (int i = 0; i < series.rows().size(); i++) {
      R row = series.rows().get(i);
      if (!series.has(i) || !putValue(of, row)) {
        continue;
      }
      metric.clear();
      LabelPairs.forEach(
          of.labels(),
          row,
          series.constant(),
          (name, text) -> {
            inner.clear();
            putString(inner, 1, name);
            putString(inner, 2, text);
            putMessage(metric, 1, inner);
          });
      putMessage(metric, valueField(of.type()), value);
      putMessage(family, 4, metric);
    }
  }

  private static int valueField(MetricType type) {
    return switch (type) {
      case GAUGE, INFO -> 2;
      case COUNTER -> 3;
      case SUMMARY -> 4;
      case UNTYPED -> 5;
      case HISTOGRAM -> 7;
    };
  }

  /** Fills {@link #value}; false where the row has none. */
  private <R> boolean putValue(Family<R> of, R row) {
    value.clear();
    if (!of.isDistribution()) {
      Number number = of.value(row);
      if (number == null) {
        return false;
      }
      putDouble(value, 1, number.doubleValue());
      return true;
    }
    Distribution distribution = of.distribution(row);
    if (distribution == null) {
      return false;
    }
    putTag(value, 1, VARINT);
    putVarint(value, distribution.count());
    putDouble(value, 2, distribution.sum());
    if (of.type() == MetricType.HISTOGRAM) {
      for (int i = 0; i < distribution.buckets(); i++) {
        putBucket(distribution.cumulativeCount(i), distribution.upperBound(i));
      }
      putBucket(distribution.count(), Double.POSITIVE_INFINITY);
    }
    return true;
  }

  private void putBucket(long count, double bound) {
    inner.clear();
    putTag(inner, 1, VARINT);
    putVarint(inner, count);
    putDouble(inner, 2, bound);
    putMessage(value, 3, inner);
  }

  private static void putTag(Utf8Buffer to, int field, int wireType) {
    to.put(field << 3 | wireType);
  }

  private static void putVarint(Utf8Buffer to, long number) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      to.put((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    to.put((int) rest);
  }

  private static void putDouble(Utf8Buffer to, int field, double number) {
    putTag(to, field, FIXED64);
    long bits = Double.doubleToLongBits(number);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      to.put((int) (bits >>> shift));
    }
  }

  private static void putString(Utf8Buffer to, int field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putTag(to, field, DELIMITED);
    putVarint(to, bytes.length);
    to.put(bytes);
  }

  private static void putMessage(Utf8Buffer to, int field, Utf8Buffer message) {
    putTag(to, field, DELIMITED);
    putVarint(to, message.length());
    to.put(message);
  }
}
