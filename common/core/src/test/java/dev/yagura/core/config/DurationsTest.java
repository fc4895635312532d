package dev.yagura.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "1m30s, PT1M30S",
    "500ms, PT0.5S",
    "2h, PT2H",
    "7d, PT168H",
    "90m, PT1H30M",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "1m5ms, PT1M0.005S",
    "0s, PT0S",
    "999999999d, PT23999999976H"
  })
  void unitsAddUpFromTheLongestToTheShortest(String written, Duration expected) {
    assertThat(Durations.parse(written)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "-5s",
        "+5s",
        "1.5h",
        "30S",
        "30 s",
        " 30s",
        "30s\n",
        "30sec",
        "1s1m",
        "1s1s",
        "1y",
        "1000000000s",
        "PT30S",
        "1h30"
      })
  void anythingElseIsRefusedWithAnExample(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(written))
        .withMessage("must be a duration such as 30s, 1m30s, 500ms or 7d, not \"" + written + "\"");
  }

  @Test
  void aBareNumberIsRefusedWithItsUnitAsAHint() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse("30"))
        .withMessage("a duration needs a unit, such as 30s or 30ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ms", "30s", "1m30s", "1d2h3m4s5ms", "36500d"})
  void whatIsPrintedReadsBackAsTheSame(String written) {
    assertThat(Durations.text(Durations.parse(written))).isEqualTo(written);
  }
}
