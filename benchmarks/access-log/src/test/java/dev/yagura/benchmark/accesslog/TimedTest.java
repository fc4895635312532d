package dev.yagura.benchmark.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimedTest {
  @Test
  void theTimesOfChildrenStandInTheLastLine() {
    assertThat(Timed.cpu("0m9.00s 0m9.00s\n1m2.50s 0m0.250000s\n")).isEqualTo(62.75);
  }

  @Test
  void aPeakIsRead() {
    assertThat(Timed.peakOf("Name:\tjava\nVmHWM:\t  204800 kB\nVmRSS:\t 1024 kB\n")).isEqualTo(200);
  }

  @Test
  void aCommandThatFailsIsNotMeasured() {
    assertThatThrownBy(() -> Timed.run("exit 3", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exit code 3");
  }

  @Test
  void theProcessorTimeOfAPipeIsThatOfAllItsParts() throws IOException {
    String loop = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
    Timed timed = Timed.run("sh -c '" + loop + "' | sh -c '" + loop + "'", Map.of());
    assertThat(timed.cpu()).isPositive();
    assertThat(timed.wall()).isPositive();
  }

  @Test
  void theMiddleOfAnEvenNumberLiesBetween() {
    Spread spread = Spread.of(List.of(new Timed(1, 4, 0), new Timed(3, 8, 0)), Timed::wall);
    assertThat(spread.show()).isEqualTo("2.00 (1.00 to 3.00)");
  }
}
