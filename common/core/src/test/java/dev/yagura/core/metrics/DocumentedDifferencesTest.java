package dev.yagura.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the exposition is not client_java's, on purpose. */
class DocumentedDifferencesTest {
  private static final Samples HISTOGRAM =
      Shown.samples(
          Snapshot.of(
              List.of(
                  Family.<String>histogram(
                          "h_seconds",
                          "Help.",
                          row ->
                              Distribution.histogram(
                                  new double[] {0.5, 1, 10}, new long[] {1, 2, 3}, 4, 5))
                      .label("id", row -> row)),
              "x"));
  private static final Samples DROP_IN =
      Shown.samples(
          Snapshot.of(
              List.of(Family.<String>counter("pg_stat_xact_commit", "Help.", row -> 7)), "x"));

  @Test
  void aWholeBoundIsWrittenWithoutAPointInTheTextFormat() {
    assertThat(Shown.text(HISTOGRAM))
        .contains(
            "h_seconds_bucket{id=\"x\",le=\"0.5\"} 1\n",
            "h_seconds_bucket{id=\"x\",le=\"1\"} 2\n",
            "h_seconds_bucket{id=\"x\",le=\"10\"} 3\n",
            "h_seconds_bucket{id=\"x\",le=\"+Inf\"} 4\n");
  }

  @Test
  void openMetricsAsksForThePointInABound() {
    assertThat(Shown.openMetrics(HISTOGRAM))
        .contains("le=\"1.0\"} 2\n", "le=\"10.0\"} 3\n", "le=\"+Inf\"} 4\n");
  }

  @Test
  void aDropInCounterKeepsItsNameInTheTextFormat() {
    assertThat(Shown.text(DROP_IN))
        .isEqualTo(
            """
            # HELP pg_stat_xact_commit Help.
            # TYPE pg_stat_xact_commit counter
            pg_stat_xact_commit 7.0
            """);
  }

  @Test
  void aDropInCounterKeepsItsNameInOpenMetricsAndIsOfUnknownType() {
    assertThat(Shown.openMetrics(DROP_IN))
        .isEqualTo(
            """
            # TYPE pg_stat_xact_commit unknown
            # HELP pg_stat_xact_commit Help.
            pg_stat_xact_commit 7.0
            # EOF
            """);
  }

  @Test
  void aCounterKeepsItsExactNameInProtobuf() {
    var family = ClientJava.parse(Shown.bytes(Format.PROTOBUF, DROP_IN)).get(0);
    assertThat(family.getName()).isEqualTo("pg_stat_xact_commit");
    assertThat(family.getType().name()).isEqualTo("COUNTER");
    assertThat(family.getMetric(0).getCounter().getValue()).isEqualTo(7);
  }
}
