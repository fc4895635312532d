package dev.yagura.aurorapostgres.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriterHistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @Test
  void theFirstWriterIsNoChangeAndTheSameOneAgainIsNone() {
    WriterHistory seen = WriterHistory.begin().look("a", NOON).look("a", NOON.plusSeconds(60));
    assertThat(seen).isEqualTo(new WriterHistory("a", 0, null));
  }

  @Test
  void anotherWriterIsAChangeWhenItIsSeen() {
    WriterHistory seen = WriterHistory.begin().look("a", NOON).look("b", NOON.plusSeconds(60));
    assertThat(seen).isEqualTo(new WriterHistory("b", 1, NOON.plusSeconds(60)));
  }

  @Test
  void aTimeWithoutAWriterIsNoChangeIfTheOldOneComesBack() {
    WriterHistory without = WriterHistory.begin().look("a", NOON).look(null, NOON.plusSeconds(60));
    assertThat(without.look("a", NOON.plusSeconds(120)).changes()).isZero();
    assertThat(without.look("b", NOON.plusSeconds(120)).changes()).isEqualTo(1);
  }
}
