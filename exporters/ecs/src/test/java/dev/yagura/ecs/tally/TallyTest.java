package dev.yagura.ecs.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.tally.Tally.Counted;
import dev.yagura.state.StateException;
import dev.yagura.testing.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  private static final Instant BEGIN = Instant.parse("2026-11-25T03:00:00Z");
  private static final Duration ZERO_FOR = Duration.ofSeconds(30);
  private static final Series WEB = series("web");
  private static final Series JOBS = series("jobs");

  @TempDir Path folder;

  private final FakeClock clock = FakeClock.at(BEGIN);

  private static Series series(String service) {
    return new Series("stops", "prod", "main", List.of(service));
  }

  private static Occurrence at(String key, Instant at, Series... counts) {
    return new Occurrence(key, at, List.of(counts));
  }

  private static Occurrence now(String key, Series... counts) {
    return at(key, BEGIN.plusSeconds(1), counts);
  }

  private Tally inMemory() {
    return Tally.inMemory(ZERO_FOR, clock);
  }

  private Tally inFolder() throws StateException {
    return Tally.in(folder, ZERO_FOR, clock, clock);
  }

  /** What is shown when Prometheus has seen each series before. */
  private Map<Series, Long> shown(Tally tally) {
    List<Counted> unused = tally.shown("prod", "main");
    clock.advance(ZERO_FOR);
    return tally.shown("prod", "main").stream()
        .collect(Collectors.toMap(Counted::series, Counted::value));
  }

  @Test
  void whatIsToldTwiceCountsOnce() throws Exception {
    Tally tally = inMemory();

    assertThat(tally.add(List.of(now("a", WEB), now("b", WEB), now("a", WEB))))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(tally.add(List.of(now("b", WEB)))).isEmpty();

    assertThat(shown(tally)).containsExactly(Map.entry(WEB, 2L));
    assertThat(tally.isCounted("a")).isTrue();
    assertThat(tally.isCounted("c")).isFalse();
  }

  @Test
  void whatHappenedBeforeItBeganIsNotCounted() throws Exception {
    Tally tally = inMemory();
    tally.begin(BEGIN);
    tally.begin(BEGIN.plusSeconds(60));

    assertThat(tally.add(List.of(at("old", BEGIN.minusMillis(1), WEB)))).isEmpty();
    assertThat(tally.add(List.of(at("new", BEGIN, WEB)))).containsExactly("new");

    assertThat(tally.tooOld()).isEqualTo(1);
  }

  @Test
  void aNewSeriesShowsZeroUntilItWasSeenForAWhile() throws Exception {
    Tally tally = inMemory();
    tally.add(List.of(now("a", WEB)));
    clock.advance(Duration.ofHours(1));

    assertThat(tally.shown("prod", "main")).containsExactly(new Counted(WEB, 0));
    clock.advance(ZERO_FOR.minusMillis(1));
    tally.add(List.of(now("b", WEB)));
    assertThat(tally.shown("prod", "main")).containsExactly(new Counted(WEB, 0));
    clock.advance(Duration.ofMillis(1));
    assertThat(tally.shown("prod", "main")).containsExactly(new Counted(WEB, 2));
    tally.add(List.of(now("c", WEB)));
    assertThat(tally.shown("prod", "main")).containsExactly(new Counted(WEB, 3));
  }

  @Test
  void aClusterShowsItsOwnOnly() throws Exception {
    Tally tally = inMemory();
    Series other = new Series("stops", "prod", "other", List.of("web"));
    tally.add(List.of(now("a", WEB), now("b", other)));

    assertThat(tally.shown("prod", "main")).extracting(Counted::series).containsExactly(WEB);
    assertThat(tally.shown("prod", "other")).extracting(Counted::series).containsExactly(other);
    assertThat(tally.shown("dev", "main")).isEmpty();
  }

  @Test
  void aRestartGoesOnWhereItEnded() throws Exception {
    try (Tally tally = inFolder()) {
      tally.begin(BEGIN);
      tally.add(List.of(now("a", WEB), now("b", WEB, JOBS)));
    }

    try (Tally again = inFolder()) {
      again.begin(BEGIN.plusSeconds(3600));
      assertThat(again.add(List.of(now("b", WEB), now("c", WEB)))).containsExactly("c");
      assertThat(again.add(List.of(at("old", BEGIN.minusSeconds(1), WEB)))).isEmpty();
      assertThat(again.shown("prod", "main"))
          .as("Prometheus has these already")
          .containsExactlyInAnyOrder(new Counted(WEB, 3), new Counted(JOBS, 1));
    }
  }

  @Test
  void anotherOfTheSameProcessGoesOnOnceTheFirstHasEnded() throws Exception {
    Tally first = inFolder();
    first.add(List.of(now("a", WEB)));
    Tally second = inFolder();

    assertThatThrownBy(() -> second.add(List.of(now("b", WEB))))
        .isInstanceOf(ScrapeException.class);
    first.close();
    assertThat(second.add(List.of(now("a", WEB), now("b", WEB)))).containsExactly("b");
    second.close();
  }

  @Test
  void whatCannotBeSavedIsNotCountedAndMayBeToldAgain() throws Exception {
    Tally tally = inFolder();
    tally.add(List.of(now("a", WEB)));
    tally.close();

    assertThatThrownBy(() -> tally.add(List.of(now("b", WEB)))).isInstanceOf(ScrapeException.class);

    try (Tally again = inFolder()) {
      assertThat(again.add(List.of(now("b", WEB)))).containsExactly("b");
      assertThat(again.shown("prod", "main")).containsExactly(new Counted(WEB, 2));
    }
  }

  @Test
  void whenTheOldestKeysAreForgottenNothingThatOldIsCountedAnyMore() throws Exception {
    var store = Optional.of(TallyStore.in(folder, clock));
    try (Tally tally = new Tally(store, ZERO_FOR, clock, 100, 100)) {
      tally.begin(BEGIN);
      List<Occurrence> all = new ArrayList<>();
      for (int i = 0; i < 105; i++) {
        all.add(at("task-" + i, BEGIN.plusSeconds(i), WEB));
      }
      assertThat(tally.add(all)).hasSize(105);

      assertThat(tally.isCounted("task-104")).isTrue();
      assertThat(tally.isCounted("task-0")).isFalse();
      assertThat(tally.add(all)).as("none twice").isEmpty();
      assertThat(shown(tally)).containsEntry(WEB, 105L);
    }
    try (Tally again = inFolder()) {
      assertThat(again.isTooOld(BEGIN.plusSeconds(5))).isTrue();
      assertThat(again.isTooOld(BEGIN.plusSeconds(20))).isFalse();
    }
  }

  @Test
  void theSeriesThatCountedLongestAgoMakeRoom() throws Exception {
    Tally tally = new Tally(Optional.empty(), ZERO_FOR, clock, 1000, 10);
    for (int i = 0; i < 20; i++) {
      tally.add(List.of(at("task-" + i, BEGIN.plusSeconds(i), series("service-" + i))));
    }

    assertThat(shown(tally))
        .containsOnlyKeys(IntStream.range(10, 20).mapToObj(i -> series("service-" + i)).toList());
  }
}
