package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionsTest {
  private static final String WHOLE =
      """
      # HELP a_total Help with a \\\\ and a "quote" and a \\n.
      # TYPE a_total counter
      a_total 1.0
      a_total{x="1"} 2.5E8
      a_total{x="a \\"b\\" \\\\ \\n, {c}=\\"d\\"",y=""} NaN
      # HELP h_seconds Histogram.
      # TYPE h_seconds histogram
      h_seconds_bucket{le="0.5"} 1
      h_seconds_bucket{le="+Inf"} 3
      h_seconds_count 3
      h_seconds_sum 4.5
      # HELP g Gauge.
      # TYPE g gauge
      g -Inf
      """;

  @Test
  void whatIsWrittenIsRead() {
    ParsedExposition parsed = Expositions.parse(WHOLE);
    assertThat(parsed.families()).containsExactly("a_total", "h_seconds", "g");
    assertThat(parsed.types())
        .isEqualTo(Map.of("a_total", "counter", "h_seconds", "histogram", "g", "gauge"));
    assertThat(parsed.help().get("a_total")).isEqualTo("Help with a \\ and a \"quote\" and a \n.");
    assertThat(parsed.samples("a_total"))
        .containsExactly(
            new Sample("a_total", new TreeMap<>(), 1),
            new Sample("a_total", new TreeMap<>(Map.of("x", "1")), 2.5e8),
            new Sample(
                "a_total",
                new TreeMap<>(Map.of("x", "a \"b\" \\ \n, {c}=\"d\"", "y", "")),
                Double.NaN));
    assertThat(parsed.value("a_total", "x", "1")).hasValue(2.5e8);
    assertThat(parsed.value("h_seconds_bucket", "le", "+Inf")).hasValue(3);
    assertThat(parsed.value("g")).hasValue(Double.NEGATIVE_INFINITY);
    assertThat(parsed.value("a_total", "x", "2")).isEmpty();
    assertThatThrownBy(() -> parsed.value("a_total")).isInstanceOf(AssertionError.class);
    assertThat(Expositions.parse("").samples()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b 1",
        "a 2\n",
        "\n",
        "# EOF\n",
        "# a comment\n",
        "b 1\n",
        "a  1\n",
        "a 1 \n",
        "a 1 1700000000000\n",
        "a{} 1\n",
        "a{x=\"1\",} 1\n",
        "a{,x=\"1\"} 1\n",
        "a{x=\"1\"y=\"2\"} 1\n",
        "a{x=\"1\",x=\"2\"} 1\n",
        "a{x=\"\\t\"} 1\n",
        "a{x=\"1} 1\n",
        "a{x=1} 1\n",
        "a{1x=\"1\"} 1\n",
        "a{x=\"1\"}1\n",
        "a{x=\"1\"} one\n",
        "a{x=\"1\"} 0x10\n",
        "a{x=\"1\"} Infinity\n",
        "a{x=\"1\"} 1_000\n",
        "a{x=\"1\"} 1d\n",
        "# HELP a A.\n",
        "# HELP a A.\n# TYPE a gauge\n",
        "# TYPE b gauge\n",
        "# HELP b B.\n",
        "# HELP b B.\nb 1\n",
        "# HELP b B.\n# TYPE c gauge\n",
        "# HELP b B.\n# TYPE b info\n",
        "# HELP b B.\n# TYPE b gauge\n# TYPE b gauge\n",
        "# HELP b B \\t.\n# TYPE b gauge\n",
        "# HELP b B.\n# TYPE b gauge\nb 1\na{x=\"2\"} 1\n",
        "# HELP b B.\n# HELP c C.\n# TYPE c gauge\n",
        "# HELP h H.\n# TYPE h histogram\nh 1\n",
        "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n",
        "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_count 1\nh_sum 1\n",
        "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_count 2\nh_sum 1\n",
        """
        # HELP h H.
        # TYPE h histogram
        h_bucket{le="1"} 2
        h_bucket{le="+Inf"} 1
        h_count 1
        h_sum 1
        """,
        "# HELP s S.\n# TYPE s summary\ns 1\n",
      })
  void whatIsMalformedIsRefused(String rest) {
    String good = "# HELP a A.\n# TYPE a gauge\na 1.0\n";
    assertThat(Expositions.parse(good).value("a")).hasValue(1);
    assertThatThrownBy(() -> Expositions.parse(good + rest))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFaultIsNamedWithItsLine() {
    assertThatThrownBy(() -> Expositions.parse("# HELP a A.\n# TYPE a gauge\na one\n"))
        .hasMessage("line 3: malformed value one: a one");
  }

  @Test
  void onlyTheValuesThatVaryAreReplaced() {
    assertThat(Expositions.normalise(WHOLE, sample -> sample.label("x").startsWith("a ")))
        .isEqualTo(WHOLE.replace("NaN", "<value>"));
    assertThat(Expositions.normalise(WHOLE, sample -> true).lines())
        .filteredOn(line -> !line.startsWith("#"))
        .allMatch(line -> line.endsWith(" <value>"));
    assertThat(Expositions.normalise(WHOLE, sample -> false)).isEqualTo(WHOLE);
    assertThat(Expositions.render(List.of())).isEmpty();
  }
}
