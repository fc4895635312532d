package dev.yagura.ecs.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StopReasonTest {
  private static final Optional<String> PRIMARY = Optional.of(StoppedTask.DEPLOYMENT);
  private static final String EXITED = "Essential container in task exited";
  private static final String SCALING_OF_OWN =
      "Scaling activity initiated by (deployment " + StoppedTask.DEPLOYMENT + ")";

  static List<List<String>> table() {
    return Table.rows("stop-reasons.txt", 4);
  }

  @ParameterizedTest
  @MethodSource("table")
  void everySentenceOfTheTableHasItsReason(List<String> row) {
    StoppedTask stopped = StoppedTask.of(row.get(1), row.get(2)).container(row.get(3), 1);

    assertThat(of(stopped)).as("%s", row).isEqualTo(StopReason.valueOf(row.get(0)));
  }

  @ParameterizedTest
  @MethodSource("table")
  void aSentenceMeansTheSameInCapitals(List<String> row) {
    StoppedTask stopped =
        StoppedTask.of(row.get(1), Texts.upper(row.get(2))).container(Texts.upper(row.get(3)), 1);

    assertThat(of(stopped)).as("%s", row).isEqualTo(StopReason.valueOf(row.get(0)));
  }

  @ParameterizedTest
  @MethodSource("table")
  void aSentenceMeansTheSameInWhateverLinesItIsWritten(List<String> row) {
    StoppedTask stopped =
        StoppedTask.of(row.get(1), row.get(2).replace(" ", " \r\n\t"))
            .container(row.get(3).replace(" ", "\n"), 1);

    assertThat(of(stopped)).as("%s", row).isEqualTo(StopReason.valueOf(row.get(0)));
  }

  @Test
  void everyReasonHasASentence() {
    Set<StopReason> told =
        table().stream().map(row -> StopReason.valueOf(row.get(0))).collect(Collectors.toSet());
    told.add(of(StoppedTask.of("", SCALING_OF_OWN).startedBy("ecs-svc/7")));

    assertThat(told).isEqualTo(EnumSet.allOf(StopReason.class));
  }

  @Test
  void labelsAreDistinctAndInSnakeCase() {
    assertThat(StopReason.values())
        .extracting(StopReason::label)
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("[a-z]+(_[a-z]+)*"))
        .contains("out_of_memory", "load_balancer_health_check", "other");
  }

  @Test
  void noPhraseHasADigitOrACapitalOrMoreThanOneSpace() {
    assertThat(Arrays.stream(StopReason.values()).flatMap(reason -> reason.phrases().stream()))
        .allSatisfy(Texts::isStable);
  }

  @Test
  void theTextOfTheTaskComesBeforeTheReasonOfAContainer() {
    StoppedTask stopped =
        StoppedTask.of("ServiceSchedulerInitiated", "Task failed container health checks")
            .container("OutOfMemoryError: Container killed due to memory usage", 137);

    assertThat(of(stopped)).isEqualTo(StopReason.CONTAINER_HEALTH_CHECK);
  }

  @Test
  void aDependencyThatFailedIsOnlyTheReasonIfNothingElseIs() {
    StoppedTask stopped =
        StoppedTask.of("TaskFailedToStart", "Task failed to start")
            .container("dependency graph: failed to resolve container ordering dependency", null)
            .container("CannotPullContainerError: image shop:118 not found", null);

    assertThat(of(stopped)).isEqualTo(StopReason.IMAGE_PULL);
  }

  @Test
  void theOrderOfContainersDoesNotMatter() {
    String memory = "OutOfMemoryError: Container killed due to memory usage";
    String runtime = "CannotStopContainerError: API error (500): failed to kill 4b3b2afc9167";
    StoppedTask stopped = StoppedTask.of("EssentialContainerExited", EXITED);

    assertThat(of(stopped.container(memory, 137).container(runtime, null)))
        .isEqualTo(of(stopped.container(runtime, null).container(memory, 137)))
        .isEqualTo(StopReason.OUT_OF_MEMORY);
  }

  @Test
  void aTaskThatIsScaledInByItsOwnDeploymentIsScaling() {
    StoppedTask stopped = StoppedTask.of("ServiceSchedulerInitiated", SCALING_OF_OWN);

    assertThat(of(stopped)).isEqualTo(StopReason.SCALING);
    assertThat(StopReason.of(stopped.task(), Optional.empty())).isEqualTo(StopReason.SCALING);
  }

  @Test
  void aTaskOfADeploymentThatIsNotPrimaryIsReplaced() {
    StoppedTask stopped = StoppedTask.of("ServiceSchedulerInitiated", SCALING_OF_OWN);

    assertThat(StopReason.of(stopped.task(), Optional.of("ecs-svc/7")))
        .isEqualTo(StopReason.DEPLOYMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(deployment ecs-svc/7)", "deployment ecs-svc/7", "ecs-svc/7"})
  void aTaskThatAnotherDeploymentStopsIsReplacedWhicheverIsPrimary(String by) {
    StoppedTask stopped =
        StoppedTask.of("ServiceSchedulerInitiated", "Scaling activity initiated by " + by);

    assertThat(of(stopped)).isEqualTo(StopReason.DEPLOYMENT);
    assertThat(StopReason.of(stopped.task(), Optional.empty())).isEqualTo(StopReason.DEPLOYMENT);
  }

  @Test
  void aTaskOfUnknownOriginIsScaledIn() {
    StoppedTask stopped =
        StoppedTask.of("ServiceSchedulerInitiated", SCALING_OF_OWN).startedBy(null);

    assertThat(of(stopped)).isEqualTo(StopReason.SCALING);
  }

  @Test
  void theSchedulersCodeWithoutATextIsScalingOrDeploymentAsWell() {
    StoppedTask stopped = StoppedTask.of("ServiceSchedulerInitiated", "");

    assertThat(of(stopped)).isEqualTo(StopReason.SCALING);
    assertThat(of(stopped.startedBy("ecs-svc/7"))).isEqualTo(StopReason.DEPLOYMENT);
  }

  @Test
  void aTerminationNoticeWithoutATextIsASpotInterruptionOnFargateSpotOnly() {
    StoppedTask stopped = StoppedTask.of("TerminationNotice", "");

    assertThat(of(stopped.on("FARGATE_SPOT"))).isEqualTo(StopReason.SPOT_INTERRUPTION);
    assertThat(of(stopped.on("instances"))).isEqualTo(StopReason.HOST_TERMINATED);
  }

  private static StopReason of(StoppedTask stopped) {
    return StopReason.of(stopped.task(), PRIMARY);
  }
}
