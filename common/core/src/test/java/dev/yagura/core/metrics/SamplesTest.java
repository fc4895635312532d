package dev.yagura.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private record Row(String name, @Nullable Integer value) {}

  private static final LabelSet<Row> NAME = LabelSet.of("name", Row::name);

  private static Family<Row> gauge(String name) {
    return Family.<Row>gauge(name, "Help.", Row::value).labels(NAME);
  }

  @Test
  void aValueThatWasNotReadGivesNoSample() {
    Samples samples =
        Shown.samples(
            Snapshot.of(List.of(gauge("g")), List.of(new Row("a", null), new Row("b", 0))));
    assertThat(Shown.text(samples)).endsWith("gauge\ng{name=\"b\"} 0.0\n").doesNotContain("\"a\"");
  }

  @Test
  void aFamilyWithoutASampleHasNoHeader() {
    Samples samples =
        Shown.samples(
            Snapshot.of(
                List.of(gauge("g"), Family.histogram("h", "Help.", row -> null)),
                new Row("a", null)));
    assertThat(Shown.text(samples)).isEmpty();
    assertThat(Shown.openMetrics(samples)).isEqualTo("# EOF\n");
    assertThat(Shown.bytes(Format.PROTOBUF, samples)).isEmpty();
  }

  @Test
  void ofTwoRowsWithTheSameLabelsTheFirstStaysAndTheOtherIsCounted() {
    Samples samples =
        Shown.samples(
            Snapshot.of(
                List.of(gauge("g"), gauge("h")),
                List.of(new Row("a", 1), new Row("a", 2), new Row("b", 3))));
    assertThat(samples.duplicates()).isEqualTo(1);
    assertThat(Shown.text(samples))
        .contains("g{name=\"a\"} 1.0\ng{name=\"b\"} 3.0\n", "h{name=\"a\"} 1.0\nh{name=\"b\"} 3.0");
    assertThat(ClientJava.parse(Shown.bytes(Format.PROTOBUF, samples)).get(0).getMetricList())
        .hasSize(2);
  }

  @Test
  void rowsOfSeveralSnapshotsAreComparedToo() {
    Snapshot one = Snapshot.of(List.of(gauge("g")), new Row("a", 1));
    Samples samples =
        Shown.samples(one, Snapshot.of(List.of(gauge("g")), List.of(new Row("a", 2))), one);
    assertThat(samples.duplicates()).isEqualTo(2);
    assertThat(Shown.text(samples)).endsWith("gauge\ng{name=\"a\"} 1.0\n");
  }

  @Test
  void familiesAreComparedEachForItselfInWhateverCompanyTheyCome() {
    Snapshot first = Snapshot.of(List.of(gauge("a"), gauge("b"), gauge("c")), new Row("x", 1));
    Snapshot other = Snapshot.of(List.of(gauge("b"), gauge("d")), new Row("x", 2));
    Samples samples = Shown.samples(first, other);
    assertThat(samples.duplicates()).isEqualTo(1);
    assertThat(Shown.text(samples).lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "a{name=\"x\"} 1.0", "b{name=\"x\"} 1.0", "c{name=\"x\"} 1.0", "d{name=\"x\"} 2.0");
  }

  @Test
  void aFamilyThatLeavesItsCompanyForgetsNothing() {
    Snapshot both = Snapshot.of(List.of(gauge("a"), gauge("b")), new Row("x", 1));
    Snapshot alone = Snapshot.of(List.of(gauge("b")), new Row("y", 2));
    Samples samples = Shown.samples(both, alone, Snapshot.of(List.of(gauge("a")), new Row("y", 3)));
    assertThat(samples.duplicates()).isZero();
    assertThat(Shown.samples(both, alone, both, alone).duplicates()).isEqualTo(2);
  }

  @Test
  void aFamilyWithoutLabelsHasOneSample() {
    Family<Row> family = Family.gauge("g", "Help.", Row::value);
    Samples samples =
        Shown.samples(Snapshot.of(List.of(family), List.of(new Row("a", 1), new Row("b", 2))));
    assertThat(samples.duplicates()).isEqualTo(1);
    assertThat(Shown.text(samples)).endsWith("gauge\ng 1.0\n");
  }

  @Test
  void targetsThatDifferInTheirConstantLabelsAreNoDuplicates() {
    Snapshot snapshot = Snapshot.of(List.of(gauge("g")), new Row("a", 1));
    Samples one = Samples.of(List.of(snapshot), ConstantLabels.of(Map.of("target", "one")));
    Samples two = Samples.of(List.of(snapshot), ConstantLabels.of(Map.of("target", "two")));
    assertThat(Shown.text(one, two))
        .isEqualTo(
            """
            # HELP g Help.
            # TYPE g gauge
            g{name="a",target="one"} 1.0
            g{name="a",target="two"} 1.0
            """);
  }

  @Test
  void familiesStandInTheOrderOfTheirNames() {
    Samples samples =
        Shown.samples(
            Snapshot.of(List.of(gauge("m"), gauge("b"), gauge("z"), gauge("a")), new Row("x", 1)));
    assertThat(Shown.text(samples).lines().filter(line -> line.startsWith("# TYPE")))
        .containsExactly("# TYPE a gauge", "# TYPE b gauge", "# TYPE m gauge", "# TYPE z gauge");
  }

  @Test
  void onlyTheNamesThatAreWantedAreShown() {
    Samples samples =
        Shown.samples(Snapshot.of(List.of(gauge("a"), gauge("ab"), gauge("b")), new Row("x", 1)));
    var exposition = new Exposition(List.of(samples), "ab"::equals);
    for (Format format : List.of(Format.TEXT, Format.OPENMETRICS, Format.PROTOBUF)) {
      assertThat(new String(Shown.bytes(exposition, format), StandardCharsets.UTF_8))
          .contains("ab")
          .doesNotContain("a{", "b gauge\nb");
    }
  }

  @Test
  void aHelpEndsInAFullStop() {
    assertThatThrownBy(() -> Family.gauge("g", "Help", row -> 1)).hasMessageContaining("full stop");
  }

  @Test
  void aNameThatPrometheusRefusesIsRefusedHere() {
    for (String name : List.of("", "9a", "a-b", "a b", "ä", "a\n")) {
      assertThatThrownBy(() -> Family.gauge(name, "Help.", row -> 1))
          .hasMessageContaining("metric name");
    }
    assertThatThrownBy(() -> Family.info("build", "Help.")).hasMessageContaining("_info");
  }

  @Test
  void anAnswerOfManyBuffersIsWhole() {
    List<Row> rows =
        IntStream.range(0, 20_000).mapToObj(number -> new Row("row " + number, number)).toList();
    Samples samples = Shown.samples(Snapshot.of(List.of(gauge("g")), rows));
    assertThat(Shown.text(samples).lines().skip(2))
        .hasSize(20_000)
        .startsWith("g{name=\"row 0\"} 0.0")
        .endsWith("g{name=\"row 19999\"} 19999.0");
  }
}
