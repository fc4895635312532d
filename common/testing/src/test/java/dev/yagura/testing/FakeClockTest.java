package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.scrape.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FakeClockTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void bothClocksStandStillUntilTheyAreAdvancedTogether() {
    FakeClock clock = FakeClock.at(START);
    FakeClock elsewhere = clock.withZone(ZoneOffset.ofHours(9));
    Deadline deadline = Deadline.after(Duration.ofSeconds(3), clock);
    assertThat(clock.instant()).isEqualTo(START);

    clock.advance(Duration.ofSeconds(2));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(2));
    assertThat(clock.getAsLong()).isEqualTo(2_000_000_000L);
    assertThat(elsewhere.instant()).isEqualTo(START.plusSeconds(2));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));
    elsewhere.advance(Duration.ofSeconds(1));
    assertThat(deadline.hasPassed()).isTrue();
  }
}
