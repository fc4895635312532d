package dev.yagura.benchmark.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ProcFilesTest {
  private static final String STATUS =
      "Name:\tjava\nVmPeak:\t  999999 kB\nVmHWM:\t   90112 kB\nVmRSS:\t   81920 kB\n";

  @Test
  void processorTimeIsThatOfTheUserAndTheKernelTogether() {
    String stat = "42 (java) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 7 9 20 0 12 0 1234 56 78";
    assertThat(ProcFiles.cpuSeconds(stat)).isEqualTo(2.0);
  }

  @Test
  void theNameOfACommandMayHoldSpacesAndBrackets() {
    String stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 100 0 0 0 3 4 7 9 20 0 12 0 1234 56 78";
    assertThat(ProcFiles.cpuSeconds(stat)).isEqualTo(0.07);
  }

  @Test
  void sizesAreReadByName() {
    assertThat(ProcFiles.mebibytes(STATUS, "VmRSS")).isEqualTo(80);
    assertThat(ProcFiles.mebibytes(STATUS, "VmHWM")).isEqualTo(88);
  }

  @Test
  void aSizeThatIsNotThereIsNoZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> ProcFiles.mebibytes(STATUS, "VmSwap"));
  }
}
