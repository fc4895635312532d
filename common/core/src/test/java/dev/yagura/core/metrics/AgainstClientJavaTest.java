package dev.yagura.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgainstClientJavaTest {
  private static final List<Twins> TWINS = Twins.all();
  private static final Samples[] OURS = TWINS.stream().map(Twins::ours).toArray(Samples[]::new);
  private static final MetricSnapshot[] THEIRS =
      TWINS.stream().map(Twins::theirs).toArray(MetricSnapshot[]::new);

  @Test
  void textIsByteForByteWhatClientJavaWrites() {
    assertThat(Shown.text(OURS)).isEqualTo(ClientJava.text(THEIRS)).contains("a_gauge", "f_sec");
  }

  @Test
  void openMetricsIsByteForByteWhatClientJavaWrites() {
    assertThat(Shown.openMetrics(OURS)).isEqualTo(ClientJava.openMetrics(THEIRS)).endsWith("EOF\n");
  }

  @Test
  void protobufReadBackIsWhatClientJavaWrites() {
    assertThat(ClientJava.parse(Shown.bytes(Format.PROTOBUF, OURS)))
        .isEqualTo(ClientJava.protobuf(THEIRS))
        .hasSize(TWINS.size());
  }

  @Test
  void wholeNumbersLookAlikeOnEitherSideOfEveryBoundary() {
    List<Double> values = new ArrayList<>();
    for (double magnitude = 1; magnitude < 1e22; magnitude *= 10) {
      for (double near : new double[] {magnitude - 1, magnitude, magnitude + 1}) {
        values.add(near);
        values.add(-near);
        values.add(Math.nextUp(near));
        values.add(Math.nextDown(near));
      }
    }
    for (int bit = 0; bit < 64; bit++) {
      values.add((double) (1L << bit));
      values.add((double) ((1L << bit) - 1));
    }
    looksAlike(values);
  }

  @Test
  void randomValuesLookAlike() {
    var random = new Random(42);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      values.add(Double.longBitsToDouble(random.nextLong()));
      values.add((double) (random.nextLong() >> random.nextInt(64)));
      values.add(random.nextInt(1_000_000) / 1000.0);
      values.add(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
    }
    looksAlike(values);
  }

  private static void looksAlike(List<Double> values) {
    Twins twins = Twins.gauge(values.stream().mapToDouble(Double::doubleValue).toArray());
    assertThat(Shown.text(twins.ours()).lines().toList())
        .isEqualTo(ClientJava.text(twins.theirs()).lines().toList())
        .hasSize(values.size() + 2);
  }
}
