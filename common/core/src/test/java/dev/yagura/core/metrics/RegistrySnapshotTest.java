package dev.yagura.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegistrySnapshotTest {
  @Test
  void fixedContentLooksAsClientJavaWritesIt() {
    var registry = new PrometheusRegistry();
    Twins.all().forEach(twins -> registry.register(twins::theirs));
    assertThat(lines(Shown.text(RegistrySnapshot.of(registry))))
        .isEqualTo(lines(ClientJava.text(registry.scrape())))
        .hasSizeGreaterThan(30);
  }

  @Test
  void theJvmsMetricsHaveTheNamesTypesAndLabelsThatClientJavaWrites() {
    var registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    assertThat(withoutValues(Shown.text(RegistrySnapshot.of(registry))))
        .isEqualTo(withoutValues(ClientJava.text(registry.scrape())))
        .contains("# TYPE process_start_time_seconds gauge", "jvm_threads_current");
  }

  @Test
  void pointsOfOneFamilyMayDifferInTheirLabels() {
    var gauge = GaugeSnapshot.builder().name("g").help("Help.");
    for (Labels labels :
        List.of(Labels.EMPTY, Labels.of("a", "1"), Labels.of("a", "1", "b", "2"))) {
      gauge.dataPoint(GaugeDataPointSnapshot.builder().value(1).labels(labels).build());
    }
    assertThat(shown(gauge.build()))
        .isEqualTo(
            """
            # HELP g Help.
            # TYPE g gauge
            g 1.0
            g{a="1"} 1.0
            g{a="1",b="2"} 1.0
            """);
  }

  @Test
  void aNativeHistogramHasOneBucketWithAllObservations() {
    var histogram =
        HistogramSnapshot.builder()
            .name("h")
            .help("Help.")
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .nativeSchema(5)
                    .nativeBucketsForPositiveValues(
                        NativeHistogramBuckets.of(new int[] {1, 2}, new long[] {3, 4}))
                    .sum(9)
                    .build())
            .build();
    assertThat(shown(histogram))
        .isEqualTo(ClientJava.text(histogram))
        .contains("h_bucket{le=\"+Inf\"} 7");
  }

  @Test
  void aMissingHelpIsSaid() {
    var gauge =
        GaugeSnapshot.builder()
            .name("g")
            .dataPoint(GaugeDataPointSnapshot.builder().value(1).build());
    assertThat(shown(gauge.build())).startsWith("# HELP g No help.\n");
  }

  private static String shown(MetricSnapshot metric) {
    var registry = new PrometheusRegistry();
    registry.register(() -> metric);
    return Shown.text(RegistrySnapshot.of(registry));
  }

  private static List<String> lines(String text) {
    return text.lines().sorted().toList();
  }

  /** Names, types and labels; help that lacks a full stop is given one, so it is left out. */
  private static Set<String> withoutValues(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("# HELP"))
        .map(line -> line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }
}
