package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class TargetHealthTest {
  private static GroupHealth group(String... states) {
    return new GroupHealth(
        List.of(states).stream().map(state -> TargetHealth.of(state, null)).toList(),
        Instant.EPOCH,
        LoadBalancerReaders.MAX_AGE);
  }

  @ParameterizedTest
  @CsvSource({
    "unhealthy,Target.FailedHealthChecks,unhealthy,failed_health_checks",
    "initial,Elb.RegistrationInProgress,initial,registration_in_progress",
    "draining,Target.DeregistrationInProgress,draining,deregistration_in_progress",
    "unhealthy.draining,Target.FailedHealthChecks,unhealthy_draining,failed_health_checks",
    "unused,Target.NotInUse,unused,not_in_use",
    "healthy,,healthy,''",
    "healthy,Target.Timeout,healthy,''",
    "unhealthy,Target.OnFire,unhealthy,other",
    "unhealthy,'',unhealthy,''",
    "asleep,Target.Timeout,other,timeout",
  })
  void wordsOfAwsBecomeOnesOfAClosedSet(
      String state, String reason, String ourState, String ourReason) {
    assertThat(TargetHealth.of(state, reason)).isEqualTo(new TargetHealth(ourState, ourReason));
  }

  @ParameterizedTest
  @EnumSource(
      value = TargetHealthReasonEnum.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "UNKNOWN_TO_SDK_VERSION")
  void everyReasonThatTheSdkKnowsIsKnown(TargetHealthReasonEnum reason) {
    assertThat(TargetHealth.of("unhealthy", reason.toString()).reason()).isNotIn("other", "");
  }

  @ParameterizedTest
  @EnumSource(
      value = TargetHealthStateEnum.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "UNKNOWN_TO_SDK_VERSION")
  void everyStateThatTheSdkKnowsIsKnown(TargetHealthStateEnum state) {
    assertThat(TargetHealth.of(state.toString(), null).state()).isNotEqualTo("other");
  }

  @Test
  void aStateThatIsMissingIsNotHealthy() {
    assertThat(TargetHealth.of(null, null)).isEqualTo(new TargetHealth("other", ""));
  }

  @Test
  void oneHealthyTargetIsEnough() {
    assertThat(group("unhealthy", "healthy", "draining").hasHealthy()).contains(true);
  }

  @Test
  void aGroupWithoutTargetsHasNoHealthyOne() {
    assertThat(group().hasHealthy()).contains(false);
  }

  @Test
  void targetsWhoseHealthIsNotCheckedMayBeHealthy() {
    assertThat(group("unavailable", "unhealthy").hasHealthy()).isEmpty();
  }
}
