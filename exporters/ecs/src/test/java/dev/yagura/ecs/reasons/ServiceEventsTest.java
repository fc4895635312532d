package dev.yagura.ecs.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.ecs.reasons.ServiceEventName.Level;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceEventsTest {
  static List<List<String>> events() {
    return Table.rows("service-events.txt", 2);
  }

  static List<List<String>> failures() {
    return Table.rows("placement-failures.txt", 2);
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyMessageOfTheTableIsItsEvent(List<String> row) {
    assertThat(ServiceEventName.ofMessage(row.get(1)))
        .as(row.get(1))
        .isEqualTo(ServiceEventName.named(row.get(0)));
  }

  @Test
  void everyEventHasAMessage() {
    assertThat(
            events().stream()
                .map(row -> row.get(0))
                .filter(name -> !name.isEmpty())
                .map(ServiceEventName::valueOf)
                .collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(ServiceEventName.class));
  }

  @Test
  void everyEventIsNamedAsEventBridgeNamesItAndNoOther() {
    for (ServiceEventName event : ServiceEventName.values()) {
      assertThat(ServiceEventName.named(event.name())).contains(event);
    }
    assertThat(ServiceEventName.named("SERVICE_OF_NEXT_YEAR")).isEmpty();
    assertThat(ServiceEventName.named("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVICE_STEADY_STATE,INFO",
    "TASKSET_STEADY_STATE,INFO",
    "CAPACITY_PROVIDER_STEADY_STATE,INFO",
    "SERVICE_DESIRED_COUNT_UPDATED,INFO",
    "SERVICE_TASK_START_IMPAIRED,WARN",
    "SERVICE_DISCOVERY_INSTANCE_UNHEALTHY,WARN",
    "TARGET_UNHEALTHY,WARN",
    "SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED,ERROR",
    "ECS_OPERATION_THROTTLED,ERROR",
    "SERVICE_DISCOVERY_OPERATION_THROTTLED,ERROR",
    "SERVICE_TASK_PLACEMENT_FAILURE,ERROR",
    "SERVICE_TASK_CONFIGURATION_FAILURE,ERROR",
    "SERVICE_DEPLOYMENT_IN_PROGRESS,INFO",
    "SERVICE_DEPLOYMENT_COMPLETED,INFO",
    "SERVICE_DEPLOYMENT_FAILED,ERROR"
  })
  void anEventHasTheLevelOfEventBridge(ServiceEventName event, Level level) {
    assertThat(event.level()).isEqualTo(level);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyTextOfTheTableIsItsPlacementFailure(List<String> row) {
    assertThat(PlacementFailure.of(row.get(1)))
        .as(row.get(1))
        .isEqualTo(PlacementFailure.valueOf(row.get(0)));
  }

  @Test
  void everyPlacementFailureHasAText() {
    assertThat(
            failures().stream()
                .map(row -> PlacementFailure.valueOf(row.get(0)))
                .collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(PlacementFailure.class));
  }

  @Test
  void labelsOfPlacementFailuresAreInSnakeCase() {
    assertThat(PlacementFailure.values())
        .extracting(PlacementFailure::label)
        .allMatch(label -> label.matches("[a-z]+(_[a-z]+)*"))
        .contains("fargate_capacity", "agent_disconnected", "other");
  }

  @Test
  void noPhraseHasADigitOrACapitalOrMoreThanOneSpace() {
    assertThat(Arrays.stream(ServiceEventName.values()).flatMap(event -> event.phrases().stream()))
        .allSatisfy(Texts::isStable);
    assertThat(Arrays.stream(PlacementFailure.values()).flatMap(why -> why.phrases().stream()))
        .allSatisfy(Texts::isStable);
  }
}
