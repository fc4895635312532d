package dev.yagura.ecs.loadbalancers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentRefreshesTest {
  private final RecentRefreshes recent = new RecentRefreshes();
  private Instant now = Views.NOW;

  private void begin(Duration later) {
    now = now.plus(later);
    recent.begin(now);
  }

  @Test
  void theFirstRefreshHasItsOwnCalls() {
    assertThat(recent.fewestCalls(70)).isEqualTo(70);
  }

  @Test
  void whatOneMayCountOnIsWhatTheWorstOfTheLastTenRefreshesHad() {
    recent.made(50);
    for (int i = 0; i < 9; i++) {
      recent.made(70);
    }
    assertThat(recent.fewestCalls(70)).isEqualTo(50);
    recent.made(70);

    assertThat(recent.fewestCalls(70)).isEqualTo(70);
    assertThat(recent.fewestCalls(10)).isEqualTo(10);
  }

  @Test
  void whatIsReadInEveryRefreshIsAsOldAsEverythingMayBe() {
    assertThat(recent.maxAge(1)).isEqualTo(LoadBalancerReaders.MAX_AGE);
  }

  @Test
  void whatHasRareTurnsIsKnownUntilTwoRefreshesAfterTheNextOne() {
    assertThat(recent.maxAge(18)).isEqualTo(LoadBalancerReaders.INTERVAL.multipliedBy(20));
    begin(Duration.ZERO);
    begin(Duration.ofSeconds(170));
    begin(Duration.ofSeconds(15));

    assertThat(recent.maxAge(18)).isEqualTo(Duration.ofSeconds(170 * 20));
  }

  @Test
  void aComputerThatSleptDoesNotMakeEverythingLastForHours() {
    begin(Duration.ZERO);
    begin(Duration.ofHours(5));

    assertThat(recent.maxAge(1)).isEqualTo(Duration.ofMinutes(24));
  }
}
