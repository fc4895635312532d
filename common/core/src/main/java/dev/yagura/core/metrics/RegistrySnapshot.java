package dev.yagura.core.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what a client_java registry holds (the JVM's and the process' own metrics) as samples. */
public final class RegistrySnapshot {
  private RegistrySnapshot() {}

  /** Scrapes the registry now. */
  public static Samples of(PrometheusRegistry registry) {
    List<Snapshot> all = new ArrayList<>();
    for (MetricSnapshot metric : registry.scrape()) {
      // A family's samples may differ in their labels, and a row here has one set of them.
      Map<List<String>, List<DataPointSnapshot>> byLabels = new LinkedHashMap<>();
      for (DataPointSnapshot point : metric.getDataPoints()) {
        byLabels.computeIfAbsent(labelNames(point), names -> new ArrayList<>()).add(point);
      }
      byLabels.forEach(
          (names, points) -> all.add(Snapshot.of(List.of(family(metric, names)), points)));
    }
    return Samples.of(all, ConstantLabels.none());
  }

  private static List<String> labelNames(DataPointSnapshot point) {
    return point.getLabels().stream().map(label -> label.getName()).toList();
  }

  private static Family<DataPointSnapshot> family(MetricSnapshot metric, List<String> labels) {
    String name = metric.getMetadata().getPrometheusName();
    String help = metric.getMetadata().getHelp();
    String sentence = help == null ? "No help." : help.endsWith(".") ? help : help + ".";
    Family<DataPointSnapshot> family = bare(metric, name, sentence);
    for (String label : labels) {
      family = family.label(label, point -> point.getLabels().get(label));
    }
    return family;
  }

  private static Family<DataPointSnapshot> bare(MetricSnapshot metric, String name, String help) {
    if (metric instanceof CounterSnapshot) {
      return Family.counter(
          name + "_total",
          help,
          point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue());
    } else if (metric instanceof InfoSnapshot) {
      return Family.info(name + "_info", help);
    } else if (metric instanceof SummarySnapshot) {
      return Family.summary(
          name,
          help,
          point -> {
            var summary = (SummarySnapshot.SummaryDataPointSnapshot) point;
            return Distribution.summary(summary.getCount(), summary.getSum());
          });
    } else if (metric instanceof HistogramSnapshot) {
      return Family.histogram(
          name, help, point -> distribution((HistogramSnapshot.HistogramDataPointSnapshot) point));
    } else if (metric instanceof UnknownSnapshot) {
      return Family.untyped(
          name, help, point -> ((UnknownSnapshot.UnknownDataPointSnapshot) point).getValue());
    } else if (metric instanceof GaugeSnapshot) {
      return Family.gauge(
          name, help, point -> ((GaugeSnapshot.GaugeDataPointSnapshot) point).getValue());
    }
    throw new IllegalArgumentException("no way to show " + metric.getClass().getSimpleName());
  }

  private static Distribution distribution(HistogramSnapshot.HistogramDataPointSnapshot point) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    if (buckets.isEmpty()) {
      return Distribution.histogram(new double[0], new long[0], point.getCount(), point.getSum());
    }
    int finite = buckets.size() - 1;
    double[] bounds = new double[finite];
    long[] counts = new long[finite];
    long total = 0;
    for (int i = 0; i < buckets.size(); i++) {
      total += buckets.getCount(i);
      if (i < finite) {
        bounds[i] = buckets.getUpperBound(i);
        counts[i] = total;
      }
    }
    return Distribution.histogram(bounds, counts, total, point.getSum());
  }
}
