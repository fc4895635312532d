package dev.yagura.benchmark.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
  }

  @Test
  void aShareOfThemDoesNotExceedItsQuantile() {
    assertThat(Spread.quantile(List.of(4.0, 1.0, 3.0, 2.0), 0.75)).isEqualTo(3);
    assertThat(Spread.quantile(List.of(4.0, 1.0), 0)).isEqualTo(1);
    assertThat(Spread.quantile(List.of(4.0, 1.0), 1)).isEqualTo(4);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
  }

  @Test
  void theExtremesAreShownWhereTheyDiffer() {
    assertThat(new Spread(2, 1, 9).show(1)).isEqualTo("2.0 (1.0 to 9.0)");
    assertThat(new Spread(2, 2, 2).show(0)).isEqualTo("2");
  }
}
