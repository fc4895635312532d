package dev.yagura.benchmark.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTextTest {
  private static final ExpositionText TEXT =
      ExpositionText.parse(
          """
          # HELP a A.
          # TYPE a gauge
          a{x="1",y="}\\" b"} 2.5
          a{x="2",xy="no",y=""} NaN
          b +Inf
          c_total{y="\\\\"} 1.0E7 1520879607.789
          # EOF
          """);

  @Test
  void everySampleCountsAndNoComment() {
    assertThat(TEXT.size()).isEqualTo(4);
    assertThat(TEXT.countByName()).isEqualTo(Map.of("a", 2, "b", 1, "c_total", 1));
  }

  @Test
  void bracesAndQuotesInsideALabelEndNothing() {
    assertThat(TEXT.named("a").map(ExpositionText.Sample::value)).containsExactly(2.5, Double.NaN);
    assertThat(TEXT.named("a").flatMap(sample -> sample.label("y").stream()))
        .containsExactly("}\\\" b", "");
  }

  @Test
  void aLabelIsFoundByItsWholeName() {
    assertThat(TEXT.named("c_total").flatMap(sample -> sample.label("x").stream())).isEmpty();
    assertThat(TEXT.named("a").flatMap(sample -> sample.label("xy").stream()))
        .containsExactly("no");
  }

  @Test
  void aTimestampIsNoPartOfTheValue() {
    assertThat(TEXT.named("c_total").map(ExpositionText.Sample::value)).containsExactly(1e7);
    assertThat(TEXT.named("b").map(ExpositionText.Sample::value))
        .containsExactly(Double.POSITIVE_INFINITY);
  }

  @Test
  void theNamesThatOnlyOneHasAreToldApart() {
    ExpositionText other = ExpositionText.parse("b 1\nd 1\n");
    assertThat(TEXT.namesMissingIn(other)).containsExactly("a", "c_total");
    assertThat(other.namesMissingIn(TEXT)).containsExactly("d");
  }

  @Test
  void aLineThatIsNoSampleIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ExpositionText.parse("<html>"));
    assertThatIllegalArgumentException().isThrownBy(() -> ExpositionText.parse("a{x=\"1} 2"));
  }
}
