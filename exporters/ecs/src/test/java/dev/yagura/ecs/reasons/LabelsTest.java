package dev.yagura.ecs.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  private static final String MEMORY = "OutOfMemoryError: Container killed due to memory usage";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TaskFailedToStart",
        "EssentialContainerExited",
        "UserInitiated",
        "ServiceSchedulerInitiated",
        "SpotInterruption",
        "TerminationNotice",
        "InfrastructureHealth"
      })
  void aStopCodeThatIsKnownIsALabel(String code) {
    assertThat(StopCodes.label(code)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "userinitiated", "SomethingOfNextYear"})
  void anyOtherStopCodeIsOther(String code) {
    assertThat(StopCodes.label(code)).isEqualTo("other");
  }

  @Test
  void noStopCodeIsTheEmptyLabel() {
    assertThat(StopCodes.label(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "137,137", "255,255", "256,other", "-1,other", "-1073741510,other"})
  void anExitCodeThatAProcessCanHaveIsALabel(int code, String label) {
    assertThat(exitCode(exited(code))).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "0 143,0",
    "143 0,0",
    "137 1,1",
    "1 137,1",
    "143 1 0,1",
    "2 1,2",
    "0 137,137",
    "143 137,137",
    "143 143,143",
    "- 0,0",
    "- -,''"
  })
  void theExitCodeIsOfTheContainerThatEndedFirst(String codes, String label) {
    assertThat(exitCode(exited(List.of(codes.split(" ")).stream().map(LabelsTest::code).toList())))
        .isEqualTo(label);
  }

  @Test
  void aContainerWithAReasonOfItsOwnTellsTheExitCode() {
    StoppedTask stopped = exited(1).container(MEMORY, 137);

    assertThat(exitCode(stopped)).isEqualTo("137");
  }

  @Test
  void ofSeveralReasonsTheExitCodeIsThatOfTheOneThatTellsWhy() {
    StoppedTask stopped =
        exited(0)
            .container("CannotInspectContainerError: timed out", 2)
            .container(MEMORY, 137)
            .container("CannotStopContainerError: failed", 3);

    assertThat(exitCode(stopped)).isEqualTo("137");
  }

  @Test
  void aReasonWithoutAnExitCodeLeavesItToTheOthers() {
    StoppedTask stopped = exited(143).container("CannotPullContainerError: not found", null);

    assertThat(exitCode(stopped)).isEqualTo("143");
  }

  @Test
  void aTaskWithoutContainersHasNoExitCode() {
    assertThat(exitCode(StoppedTask.of("", ""))).isEmpty();
  }

  @Test
  void theLogNamesTheTextOfTheTaskAndTheReasonsOfItsContainers() {
    StoppedTask stopped =
        StoppedTask.of("", "Task failed to start").container("", 1).container("never seen", null);

    assertThat(StopText.of(stopped.task())).isEqualTo("Task failed to start; c1: never seen");
  }

  @Test
  void theLogOfATextHasNoCharacterThatChangesTheLogItself() {
    StoppedTask stopped = StoppedTask.of("", "a\r\nERROR b\u001b[31m\u202ec\u2028d\ud800e\u0000");

    assertThat(StopText.of(stopped.task())).isEqualTo("a  ERROR b [31m c d e");
  }

  @Test
  void theLogOfATextIsThreeHundredCharactersAndNoHalfOne() {
    StoppedTask stopped = StoppedTask.of("", "x".repeat(299) + "😀y");

    assertThat(StopText.of(stopped.task())).isEqualTo("x".repeat(299));
    assertThat(StopText.of(StoppedTask.of("", "x".repeat(10_000)).task())).hasSize(300);
  }

  private static StoppedTask exited(Integer code) {
    return exited(List.of(new Exit(code)));
  }

  private record Exit(@Nullable Integer code) {}

  private static Exit code(String written) {
    return new Exit(written.equals("-") ? null : Integer.valueOf(written));
  }

  private static StoppedTask exited(List<Exit> exits) {
    StoppedTask stopped =
        StoppedTask.of("EssentialContainerExited", "Essential container in task exited");
    for (Exit exit : exits) {
      stopped = stopped.container("", exit.code());
    }
    return stopped;
  }

  private static String exitCode(StoppedTask stopped) {
    return ExitCodes.label(stopped.task());
  }
}
