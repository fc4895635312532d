package dev.yagura.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  private static final Family<String> GAUGE = Family.gauge("g", "Help.", row -> 1);

  private static Samples shown(Family<String> family, Map<String, String> constant, String row) {
    return Samples.of(List.of(Snapshot.of(List.of(family), row)), ConstantLabels.of(constant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "a\"b",
        "back\\slash",
        "line\nfeed",
        "\r\t\0",
        "näïve",
        "🦉 owl",
        "{}"
      })
  void anyValueIsWrittenAsClientJavaWritesIt(String value) {
    Samples ours = shown(GAUGE.label("name", row -> row), Map.of(), value);
    var theirs =
        GaugeSnapshot.builder()
            .name("g")
            .help("Help.")
            .dataPoint(
                GaugeDataPointSnapshot.builder().value(1).labels(Labels.of("name", value)).build())
            .build();
    assertThat(Shown.text(ours)).isEqualTo(ClientJava.text(theirs));
    assertThat(Shown.openMetrics(ours)).isEqualTo(ClientJava.openMetrics(theirs));
    assertThat(ClientJava.parse(Shown.bytes(Format.PROTOBUF, ours)))
        .isEqualTo(ClientJava.protobuf(theirs));
  }

  @Test
  void labelsStandInTheOrderOfTheirNamesWithTheConstantOnesMergedIn() {
    Family<String> family =
        GAUGE.label("m", row -> "2").label("z", row -> "4").label("c", row -> "1");
    Samples samples = shown(family, Map.of("zz", "5", "a", "0", "n", "3"), "row");
    assertThat(Shown.text(samples))
        .contains("g{a=\"0\",c=\"1\",m=\"2\",n=\"3\",z=\"4\",zz=\"5\"} 1.0\n");
    assertThat(ClientJava.parse(Shown.bytes(Format.PROTOBUF, samples)).get(0).getMetric(0))
        .extracting(metric -> metric.getLabelList().stream().map(l -> l.getName()).toList())
        .isEqualTo(List.of("a", "c", "m", "n", "z", "zz"));
  }

  @Test
  void aRowsOwnLabelStandsWhereAConstantOneHasItsName() {
    Samples samples = shown(GAUGE.label("cluster", row -> row), Map.of("cluster", "c"), "own");
    assertThat(Shown.text(samples)).endsWith("\ng{cluster=\"own\"} 1.0\n");
  }

  @Test
  void aMissingValueIsEmpty() {
    assertThat(Shown.text(shown(GAUGE.label("name", row -> null), Map.of(), "row")))
        .contains("g{name=\"\"} 1.0");
  }

  @Test
  void aValueOfTheGreatestLengthIsWhole() {
    String value = "x".repeat(1024);
    assertThat(Shown.text(shown(GAUGE.label("name", row -> row), Map.of(), value)))
        .contains("\"" + value + "\"");
  }

  @Test
  void aLongerValueIsCutAndEndsInAnEllipsis() {
    String cut = LabelSet.<String>of("name", row -> row).value(0, "x".repeat(1025));
    assertThat(cut).isEqualTo("x".repeat(1023) + "…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x"})
  void tenKilobytesOfEmojiAreCutBetweenTwoOfThem(String before) {
    String cut = LabelSet.<String>of("name", row -> row).value(0, before + "🦉".repeat(2560));
    assertThat(cut).startsWith(before + "🦉").endsWith("🦉…").hasSizeBetween(1022, 1024);
    assertThat(cut.codePoints().filter(point -> point >= 0xd800 && point < 0xe000)).isEmpty();
  }

  @Test
  void aNameThatPrometheusRefusesIsRefusedHere() {
    for (String name : List.of("", "9a", "a-b", "__name__", "ä", "a\n")) {
      assertThatThrownBy(() -> LabelSet.of(name, row -> "")).hasMessageContaining("label name");
      assertThatThrownBy(() -> ConstantLabels.of(Map.of(name, "")))
          .hasMessageContaining("label name");
    }
  }

  @Test
  void aLabelStandsOnceInASet() {
    assertThatThrownBy(() -> LabelSet.of("a", row -> "").and("a", row -> ""))
        .hasMessageContaining("twice");
  }
}
