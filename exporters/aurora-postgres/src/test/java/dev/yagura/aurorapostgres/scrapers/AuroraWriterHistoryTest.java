package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuroraWriterHistoryTest {
  private static final long SECOND = 1_000_000_000L;

  private final AuroraWriterHistory begun = AuroraWriterHistory.begin(5 * SECOND);

  @Test
  void theFirstWriterIsNoChange() {
    assertThat(begun.look("a", 6 * SECOND).changes()).isZero();
  }

  @Test
  void theSameWriterAgainIsNoChange() {
    assertThat(begun.look("a", 6 * SECOND).look("a", 7 * SECOND).changes()).isZero();
  }

  @Test
  void anotherWriterIsOneChangeHoweverOftenItIsLookedAt() {
    AuroraWriterHistory after =
        begun.look("a", 6 * SECOND).look("b", 7 * SECOND).look("b", 8 * SECOND);

    assertThat(after.changes()).isEqualTo(1);
    assertThat(after.look("a", 9 * SECOND).changes()).isEqualTo(2);
  }

  @Test
  void aWriterThatComesBackAfterNobodyWroteIsNoChange() {
    AuroraWriterHistory after = begun.look("a", 6 * SECOND).look(null, 7 * SECOND);

    assertThat(after.look("a", 8 * SECOND).changes()).isZero();
    assertThat(after.look("b", 8 * SECOND).changes()).isEqualTo(1);
  }

  @Test
  void timeWithoutAWriterCountsFromWhenItWasLastSeen() {
    AuroraWriterHistory after = begun.look("a", 6 * SECOND).look(null, 7 * SECOND);

    assertThat(after.secondsWithoutWriter(16 * SECOND)).isEqualTo(10);
    assertThat(after.look("b", 17 * SECOND).secondsWithoutWriter(17 * SECOND)).isZero();
  }

  @Test
  void timeWithoutAWriterCountsFromTheFirstLookWhereThereNeverWasOne() {
    assertThat(begun.look(null, 5 * SECOND).secondsWithoutWriter(5 * SECOND)).isZero();
    assertThat(begun.look(null, 5 * SECOND).secondsWithoutWriter(8 * SECOND)).isEqualTo(3);
  }

  @Test
  void aClockThatCountsFromBelowZeroMeasuresTheSame() {
    AuroraWriterHistory after = AuroraWriterHistory.begin(-9 * SECOND).look("a", -8 * SECOND);

    assertThat(after.secondsWithoutWriter(2 * SECOND)).isEqualTo(10);
  }
}
