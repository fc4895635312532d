package dev.yagura.core.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an exposition of some samples looks like. */
final class Shown {
  private Shown() {}

  static String text(Samples... samples) {
    return new String(bytes(Format.TEXT, samples), StandardCharsets.UTF_8);
  }

  static String openMetrics(Samples... samples) {
    return new String(bytes(Format.OPENMETRICS, samples), StandardCharsets.UTF_8);
  }

  static byte[] bytes(Format format, Samples... samples) {
    return bytes(new Exposition(List.of(samples), name -> true), format);
  }

  static byte[] bytes(Exposition exposition, Format format) {
    var out = new ByteArrayOutputStream();
    try {
      exposition.write(out, format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Samples samples(Snapshot... snapshots) {
    return Samples.of(List.of(snapshots), ConstantLabels.none());
  }
}
