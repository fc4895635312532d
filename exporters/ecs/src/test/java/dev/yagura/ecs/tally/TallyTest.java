package dev.yagura.ecs.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.tally.Tally.Counted;
import dev.yagura.state.StateException;
import dev.yagura.testing.Await;
import dev.yagura.testing.FakeClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  private static final Instant BEGIN = Instant.parse("2026-11-25T03:00:00Z");
  private static final Duration ZERO_FOR = Tally.ZERO_FOR;
  private static final Series WEB = series("web");
  private static final Series JOBS = series("jobs");

  @TempDir Path folder;

  private final FakeClock clock = FakeClock.at(BEGIN);

  private static Series series(String service) {
    return new Series("stops", List.of(service));
  }

  private static Occurrence at(String key, Instant at, Series... counts) {
    return new Occurrence(key, at, List.of(counts));
  }

  private static Occurrence now(String key, Series... counts) {
    return at(key, BEGIN.plusSeconds(1), counts);
  }

  private Tally inMemory() {
    return Tally.inMemory(clock, clock);
  }

  private Tally inFolder() throws StateException {
    return Tally.in(folder, clock, clock, clock);
  }

  private static ClusterTally main(Tally tally) {
    return tally.of("prod", "main");
  }

  /** What is shown when Prometheus has seen each series before. */
  private Map<Series, Long> shown(Tally tally) {
    List<Counted> unused = main(tally).shown();
    clock.advance(ZERO_FOR);
    return main(tally).shown().stream().collect(Collectors.toMap(Counted::series, Counted::value));
  }

  @Test
  void whatIsToldTwiceCountsOnce() throws Exception {
    Tally tally = inMemory();

    assertThat(main(tally).add(List.of(now("a", WEB), now("b", WEB), now("a", WEB))))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(main(tally).add(List.of(now("b", WEB)))).isEmpty();

    assertThat(shown(tally)).containsExactly(Map.entry(WEB, 2L));
    assertThat(main(tally).isCounted("a")).isTrue();
    assertThat(main(tally).isCounted("c")).isFalse();
  }

  @Test
  void whatHappenedBeforeItBeganIsNotCounted() throws Exception {
    Tally tally = inMemory();
    main(tally).begin();
    clock.advance(Duration.ofMinutes(1));
    main(tally).begin();

    assertThat(main(tally).add(List.of(at("old", BEGIN.minusMillis(1), WEB)))).isEmpty();
    assertThat(main(tally).add(List.of(at("new", BEGIN, WEB)))).containsExactly("new");

    assertThat(tally.tooOld()).isEqualTo(1);
  }

  @Test
  void aNewSeriesShowsZeroUntilItWasSeenForAWhile() throws Exception {
    Tally tally = inMemory();
    main(tally).add(List.of(now("a", WEB)));
    clock.advance(Duration.ofHours(1));

    assertThat(main(tally).shown()).containsExactly(new Counted(WEB, 0));
    clock.advance(ZERO_FOR.minusMillis(1));
    main(tally).add(List.of(now("b", WEB)));
    assertThat(main(tally).shown()).containsExactly(new Counted(WEB, 0));
    clock.advance(Duration.ofMillis(1));
    assertThat(main(tally).shown()).containsExactly(new Counted(WEB, 2));
    main(tally).add(List.of(now("c", WEB)));
    assertThat(main(tally).shown()).containsExactly(new Counted(WEB, 3));
  }

  @Test
  void aClusterShowsItsOwnOnly() throws Exception {
    Tally tally = inMemory();
    main(tally).add(List.of(now("a", WEB)));
    tally.of("prod", "other").add(List.of(now("a", JOBS)));

    assertThat(main(tally).shown()).extracting(Counted::series).containsExactly(WEB);
    assertThat(tally.of("prod", "other").shown()).extracting(Counted::series).containsExactly(JOBS);
    assertThat(tally.of("dev", "main").shown()).isEmpty();
  }

  @Test
  void aRestartGoesOnWhereItEnded() throws Exception {
    try (Tally tally = inFolder()) {
      main(tally).begin();
      main(tally).add(List.of(now("a", WEB), now("b", WEB, JOBS)));
    }

    try (Tally again = inFolder()) {
      clock.advance(Duration.ofHours(1));
      main(again).begin();
      assertThat(main(again).add(List.of(now("b", WEB), now("c", WEB)))).containsExactly("c");
      assertThat(main(again).add(List.of(at("old", BEGIN.minusSeconds(1), WEB)))).isEmpty();
      assertThat(main(again).shown())
          .as("Prometheus has these already")
          .containsExactlyInAnyOrder(new Counted(WEB, 3), new Counted(JOBS, 1));
    }
  }

  @Test
  void anotherOfTheSameProcessGoesOnOnceTheFirstHasEnded() throws Exception {
    Tally first = inFolder();
    main(first).add(List.of(now("a", WEB)));
    Tally second = inFolder();

    assertThatThrownBy(() -> main(second).add(List.of(now("b", WEB))))
        .isInstanceOf(ScrapeException.class);
    first.close();
    assertThat(main(second).add(List.of(now("a", WEB), now("b", WEB)))).containsExactly("b");
    second.close();
  }

  @Test
  void whatCannotBeSavedIsNotCountedAndMayBeToldAgain() throws Exception {
    Tally tally = inFolder();
    main(tally).add(List.of(now("a", WEB)));
    tally.close();

    assertThatThrownBy(() -> main(tally).add(List.of(now("b", WEB))))
        .isInstanceOf(ScrapeException.class);

    try (Tally again = inFolder()) {
      assertThat(main(again).add(List.of(now("b", WEB)))).containsExactly("b");
      assertThat(main(again).shown()).containsExactly(new Counted(WEB, 2));
    }
  }

  @Test
  void whenTheOldestKeysAreForgottenNothingThatOldIsCountedAnyMore() throws Exception {
    var store = Optional.of(TallyStore.in(folder, clock));
    try (Tally tally = new Tally(store, clock, clock, 100, 100)) {
      main(tally).begin();
      List<Occurrence> all = new ArrayList<>();
      for (int i = 0; i < 105; i++) {
        all.add(at("task-" + i, BEGIN.plusSeconds(i), WEB));
      }
      assertThat(main(tally).add(all)).hasSize(105);

      assertThat(main(tally).isCounted("task-104")).isTrue();
      assertThat(main(tally).isCounted("task-0")).isFalse();
      assertThat(main(tally).add(all)).as("none twice").isEmpty();
      assertThat(shown(tally)).containsEntry(WEB, 105L);
    }
    try (Tally again = inFolder()) {
      assertThat(main(again).isTooOld(BEGIN.plusSeconds(5))).isTrue();
      assertThat(main(again).isTooOld(BEGIN.plusSeconds(20))).isFalse();
    }
  }

  @Test
  void theSeriesThatCountedLongestAgoMakeRoom() throws Exception {
    Tally tally = new Tally(Optional.empty(), clock, clock, 1000, 10);
    for (int i = 0; i < 20; i++) {
      main(tally).add(List.of(at("task-" + i, BEGIN.plusSeconds(i), series("service-" + i))));
    }

    assertThat(shown(tally))
        .containsOnlyKeys(IntStream.range(10, 20).mapToObj(i -> series("service-" + i)).toList());
  }

  @Test
  void aClusterThatIsWatchedLaterBeginsLater() throws Exception {
    Tally tally = inFolder();
    main(tally).begin();
    clock.advance(Duration.ofDays(1));
    ClusterTally late = tally.of("prod", "late");

    assertThat(late.add(List.of(now("old", WEB)))).isEmpty();
    assertThat(main(tally).add(List.of(now("old", WEB)))).containsExactly("old");
    tally.close();
  }

  @Test
  void aSeriesThatCountedNothingForAMonthIsForgotten() throws Exception {
    Tally tally = inMemory();
    main(tally).add(List.of(now("a", WEB)));
    main(tally).add(List.of(at("b", BEGIN.plus(Duration.ofDays(29)), JOBS)));
    assertThat(main(tally).shown()).hasSize(2);
    main(tally).add(List.of(at("c", BEGIN.plus(Duration.ofDays(31)), JOBS)));
    assertThat(main(tally).shown()).extracting(Counted::series).containsExactly(JOBS);
  }

  @Test
  void nothingIsShownOfWhatAFailedSaveWouldHaveCountedAndAZeroGoesOn() throws Exception {
    Tally tally = inFolder();
    main(tally).add(List.of(now("a", WEB)));
    assertThat(main(tally).shown()).containsExactly(new Counted(WEB, 0));
    tally.close();
    assertThatThrownBy(() -> main(tally).add(List.of(now("b", WEB))))
        .isInstanceOf(ScrapeException.class);

    assertThat(main(tally).shown()).containsExactly(new Counted(WEB, 0));
    clock.advance(ZERO_FOR);
    assertThat(main(tally).shown()).containsExactly(new Counted(WEB, 1));
  }

  @Test
  void aScrapeDoesNotWaitForTheDisk() throws Exception {
    Tally tally = inFolder();
    main(tally).add(List.of(now("a", WEB)));
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ecs.db"));
        Statement statement = other.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      var saving = new Thread(() -> addQuietly(tally), "saving");
      saving.setDaemon(true);
      saving.start();
      Await.until("it waits for the disk", () -> isInSqlite(saving));
      assertThat(main(tally).shown()).hasSize(1);
      assertThat(saving.isAlive()).isTrue();
      statement.executeUpdate("ROLLBACK");
      saving.join();
    }
    tally.close();
  }

  private static boolean isInSqlite(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("org.sqlite"));
  }

  private static void addQuietly(Tally tally) {
    try {
      Set<String> unused = main(tally).add(List.of(now("b", JOBS)));
    } catch (ScrapeException e) {
      throw new IllegalStateException(e);
    }
  }
}
