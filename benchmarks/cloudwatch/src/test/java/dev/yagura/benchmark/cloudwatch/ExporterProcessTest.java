package dev.yagura.benchmark.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ExporterProcessTest {
  @Test
  void residentMemoryIsReadByName() {
    String status = "Name:\tjava\nVmHWM:\t   90112 kB\nVmRSS:\t   81920 kB\nRssAnon:\t 1 kB\n";
    assertThat(ExporterProcess.residentMebibytes(status)).isEqualTo(80);
  }

  @Test
  void aSizeThatIsNotThereIsNoZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExporterProcess.residentMebibytes("Name:\tjava\n"));
  }
}
