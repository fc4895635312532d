package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyScheduleTest {
  private static final Duration INTERVAL = Duration.ofMinutes(2);

  private static Duration next(Duration took, int failures) {
    return SteadySchedule.every(INTERVAL, () -> Instant.EPOCH, () -> Instant.EPOCH.plus(took))
        .untilNext(failures);
  }

  @Test
  void theTimeThatARefreshTookIsPartOfTheInterval() {
    assertThat(next(Duration.ofSeconds(100), 0)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aRefreshThatTookLongerThanItsIntervalIsFollowedAfterASecond() {
    assertThat(next(Duration.ofMinutes(3), 0)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void afterAFailureItIsAskedSoonerAndThenMoreRarely() {
    assertThat(next(Duration.ZERO, 1)).isEqualTo(Duration.ofSeconds(15));
    assertThat(next(Duration.ZERO, 2)).isEqualTo(Duration.ofSeconds(30));
    assertThat(next(Duration.ZERO, 9)).isEqualTo(INTERVAL);
  }
}
