package dev.yagura.core.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE, -7})
  void itPassesWhereverTheClockBegan(long origin) {
    var clock = new AtomicLong(origin);
    Deadline deadline = Deadline.after(Duration.ofNanos(10), clock::get);
    assertThat(deadline.hasPassed()).isFalse();
    assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(10));
    clock.addAndGet(9);
    assertThat(deadline.hasPassed()).isFalse();
    clock.addAndGet(1);
    assertThat(deadline.hasPassed()).isTrue();
    clock.addAndGet(5);
    assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
  }

  @Test
  void anEarlierOnePassesEarlier() {
    var clock = new AtomicLong();
    Deadline deadline = Deadline.after(Duration.ofNanos(10), clock::get);
    assertThat(deadline.earlierBy(Duration.ofNanos(4)).remaining()).isEqualTo(Duration.ofNanos(6));
  }
}
