package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NeverFallingTest {
  private final NeverFalling<String> counters = new NeverFalling<>();

  @Test
  void aSumThatRisesIsShownAsItIs() {
    assertThat(counters.next("a", 10)).isEqualTo(10);
    assertThat(counters.next("a", 10)).isEqualTo(10);
    assertThat(counters.next("a", 12.5)).isEqualTo(12.5);
  }

  @Test
  void aSumThatFallsAddsNothingAndItsNextRiseCountsFromThere() {
    counters.next("a", 100);

    assertThat(counters.next("a", 40)).isEqualTo(100);
    assertThat(counters.next("a", 45)).isEqualTo(105);
  }

  @Test
  void keysAreCountedApart() {
    counters.next("a", 100);

    assertThat(counters.next("b", 1)).isEqualTo(1);
    assertThat(counters.next("a", 101)).isEqualTo(101);
  }

  @Test
  void aKeyThatIsNotRetainedBeginsAnew() {
    counters.next("a", 100);
    counters.next("b", 100);

    counters.retain(Set.of("b"));

    assertThat(counters.next("a", 3)).isEqualTo(3);
    assertThat(counters.next("b", 3)).isEqualTo(100);
  }
}
