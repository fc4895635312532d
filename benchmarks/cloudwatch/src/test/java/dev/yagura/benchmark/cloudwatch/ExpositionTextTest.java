package dev.yagura.benchmark.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.yagura.benchmark.cloudwatch.ExpositionText.Sample;
import org.junit.jupiter.api.Test;

class ExpositionTextTest {
  private static final ExpositionText TEXT =
      ExpositionText.parse(
          """
          # HELP a A.
          # TYPE a gauge
          a{x="1",y="} 7 \\" b",} 2.5
          a{job="aws_sqs",instance="",} NaN 1520879607789
          b +Inf
          # EOF
          """);

  @Test
  void everySampleCountsAndNoComment() {
    assertThat(TEXT.samples()).extracting(Sample::name).containsExactly("a", "a", "b");
  }

  @Test
  void bracesAndQuotesInsideALabelEndNothing() {
    Sample first = TEXT.samples().get(0);
    assertThat(first.label("x")).isEqualTo("1");
    assertThat(first.label("y")).isEqualTo("} 7 \\\" b");
    assertThat(first.value()).isEqualTo(2.5);
  }

  @Test
  void aTimestampIsNoPartOfTheValue() {
    assertThat(TEXT.named("a").map(Sample::value)).containsExactly(2.5, Double.NaN);
    assertThat(TEXT.named("b").map(Sample::value)).containsExactly(Double.POSITIVE_INFINITY);
  }

  @Test
  void aLabelThatIsNotThereIsEmpty() {
    assertThat(TEXT.samples().get(1).label("queue")).isEmpty();
  }

  @Test
  void aLineThatIsNoSampleIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ExpositionText.parse("<html>"));
    assertThatIllegalArgumentException().isThrownBy(() -> ExpositionText.parse("a{x=\"1} 2"));
    assertThatIllegalArgumentException().isThrownBy(() -> ExpositionText.parse("a{x=1} 2"));
  }
}
