package dev.yagura.core.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** One metric twice: as our samples and as client_java's snapshot. */
record Twins(Samples ours, MetricSnapshot theirs) {
  private record Row(String id, double value) {}

  private static final String HELP = "A \"test\", with a back\\slash and\na line.";
  private static final double[] BOUNDS = {0.005, 0.25, 2.5, 1234567.5, 2.34567895E7};
  private static final long[] COUNTS = {1, 3, 3, 10, 10_000_000_000L};

  static List<Twins> all() {
    return List.of(
        gauge(1, 2.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0),
        counter(0, 17, 1e15 + 0.5),
        untyped(-3, 4e-9),
        info(),
        histogram(),
        summary());
  }

  static Twins gauge(double... values) {
    var theirs = GaugeSnapshot.builder().name("a_gauge").help(HELP);
    points(values)
        .map(row -> GaugeDataPointSnapshot.builder().value(row.value()).labels(id(row)).build())
        .forEach(theirs::dataPoint);
    return new Twins(ours(Family.<Row>gauge("a_gauge", HELP, Row::value), values), theirs.build());
  }

  static Twins counter(double... values) {
    var theirs = CounterSnapshot.builder().name("b_requests").help(HELP);
    points(values)
        .map(row -> CounterDataPointSnapshot.builder().value(row.value()).labels(id(row)).build())
        .forEach(theirs::dataPoint);
    return new Twins(
        ours(Family.<Row>counter("b_requests_total", HELP, Row::value), values), theirs.build());
  }

  static Twins untyped(double... values) {
    var theirs = UnknownSnapshot.builder().name("c_what").help(HELP);
    points(values)
        .map(row -> UnknownDataPointSnapshot.builder().value(row.value()).labels(id(row)).build())
        .forEach(theirs::dataPoint);
    return new Twins(ours(Family.<Row>untyped("c_what", HELP, Row::value), values), theirs.build());
  }

  static Twins info() {
    return new Twins(
        ours(Family.<Row>info("d_build_info", HELP), 1),
        InfoSnapshot.builder()
            .name("d_build")
            .help(HELP)
            .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of("id", "00000")).build())
            .build());
  }

  static Twins histogram() {
    var distribution = Distribution.histogram(BOUNDS, COUNTS, COUNTS[4] + 2, 0.1 + 0.2);
    double[] bounds = Arrays.copyOf(BOUNDS, BOUNDS.length + 1);
    bounds[BOUNDS.length] = Double.POSITIVE_INFINITY;
    long[] each = {1, 2, 0, 7, COUNTS[4] - 10, 2};
    return new Twins(
        ours(Family.<Row>histogram("e_seconds", HELP, row -> distribution), 1, 2),
        HistogramSnapshot.builder()
            .name("e_seconds")
            .help(HELP)
            .dataPoint(histogram(bounds, each, "00000"))
            .dataPoint(histogram(bounds, each, "00001"))
            .build());
  }

  private static HistogramDataPointSnapshot histogram(double[] bounds, long[] each, String id) {
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, each))
        .sum(0.1 + 0.2)
        .labels(Labels.of("id", id))
        .build();
  }

  static Twins summary() {
    return new Twins(
        Shown.samples(
            Snapshot.of(
                List.of(
                    Family.<Row>summary(
                        "f_seconds", HELP, row -> Distribution.summary(123_456_789L, 1e7))),
                new Row("", 0))),
        SummarySnapshot.builder()
            .name("f_seconds")
            .help(HELP)
            .dataPoint(
                SummaryDataPointSnapshot.builder()
                    .count(123_456_789L)
                    .sum(1e7)
                    .quantiles(Quantiles.EMPTY)
                    .build())
            .build());
  }

  private static Samples ours(Family<Row> family, double... values) {
    return Shown.samples(
        Snapshot.of(List.of(family.label("id", Row::id)), points(values).toList()));
  }

  private static Stream<Row> points(double... values) {
    int[] number = {0};
    return DoubleStream.of(values)
        .mapToObj(value -> new Row(String.format("%05d", number[0]++), value));
  }

  private static Labels id(Row row) {
    return Labels.of("id", row.id());
  }
}
