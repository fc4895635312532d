package dev.yagura.core.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_35_0.Metrics.MetricFamily;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The same data as client_java writes it. */
final class ClientJava {
  private ClientJava() {}

  static String text(MetricSnapshot... metrics) {
    return text(new MetricSnapshots(metrics));
  }

  static String text(MetricSnapshots metrics) {
    return new String(bytes(PrometheusTextFormatWriter.create(), metrics), StandardCharsets.UTF_8);
  }

  static String openMetrics(MetricSnapshot... metrics) {
    return new String(
        bytes(OpenMetricsTextFormatWriter.create(), new MetricSnapshots(metrics)),
        StandardCharsets.UTF_8);
  }

  static List<MetricFamily> protobuf(MetricSnapshot... metrics) {
    return parse(bytes(new PrometheusProtobufWriter(), new MetricSnapshots(metrics)));
  }

  static List<MetricFamily> parse(byte[] delimited) {
    var in = new ByteArrayInputStream(delimited);
    List<MetricFamily> families = new ArrayList<>();
    try {
      while (in.available() > 0) {
        families.add(MetricFamily.parseDelimitedFrom(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return families;
  }

  private static byte[] bytes(ExpositionFormatWriter writer, MetricSnapshots metrics) {
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
