package dev.yagura.cloudfront.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {
  private static final Instant START = Instant.parse("2026-11-23T10:30:00Z");

  @TempDir private Path folder;

  private final FakeClock clock = FakeClock.at(START);

  private static StoreSettings settings(int top, Order... rankings) {
    return new StoreSettings(
        ObjectNaming.PATH, top, Arrays.asList(rankings), 1000, 100, Duration.ofHours(1));
  }

  private static List<Request> times(int count, Request request) {
    return Collections.nCopies(count, request);
  }

  private Request hit(String object) {
    return Request.hit(object, clock.instant());
  }

  private Set<String> membersAfter(StateFile state, List<Request> requests)
      throws IOException, SQLException {
    state.add(requests);
    return state.view().members().keySet();
  }

  @Test
  void twoObjectsThatAreNearlyEqualDoNotTakeTurns() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(1, Order.REQUESTS), clock)) {
      assertThat(membersAfter(state, times(100, hit("/a")))).containsExactly("/a");
      int a = 100;
      int b = 0;
      for (int turn = 0; turn < 10; turn++) {
        int more = (int) (a * 1.2) - b;
        assertThat(membersAfter(state, times(more, hit("/b")))).containsExactly("/a");
        b += more;
        more = (int) (b * 1.2) - a;
        assertThat(membersAfter(state, times(more, hit("/a")))).containsExactly("/a");
        a += more;
      }
    }
  }

  @Test
  void anObjectThatIsClearlyBetterTakesThePlaceOfTheWeakest() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(2, Order.REQUESTS), clock)) {
      state.add(times(100, hit("/a")));
      state.add(times(80, hit("/b")));
      assertThat(membersAfter(state, times(100, hit("/c")))).containsOnly("/a", "/b");
      assertThat(membersAfter(state, times(1, hit("/c")))).containsOnly("/a", "/c");
    }
  }

  @Test
  void theBestOfAFileFillThePlaces() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(2, Order.REQUESTS), clock)) {
      List<Request> file =
          Stream.of(
                  times(5, hit("/a")),
                  times(7, hit("/b")),
                  times(9, hit("/c")),
                  times(8, hit("/d")))
              .flatMap(List::stream)
              .toList();
      assertThat(membersAfter(state, file)).containsOnly("/c", "/d");
    }
  }

  @Test
  void theLastPlaceGoesToTheBetterOfTwo() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(2, Order.REQUESTS), clock)) {
      state.add(times(100, hit("/a")));
      List<Request> file =
          Stream.of(times(8, hit("/b")), times(9, hit("/c"))).flatMap(List::stream).toList();
      assertThat(membersAfter(state, file)).containsOnly("/a", "/c");
    }
  }

  @Test
  void aMemberStaysWhileOthersComeAndGo() throws IOException, SQLException {
    var small =
        new StoreSettings(
            ObjectNaming.PATH, 4, List.of(Order.REQUESTS), 16, 100, Duration.ofHours(1));
    try (var state = new StateFile(folder, small, clock)) {
      Set<String> first = membersAfter(state, List.of(hit("/a"), hit("/b"), hit("/c"), hit("/d")));
      for (int i = 0; i < 50; i++) {
        assertThat(membersAfter(state, List.of(hit("/random/" + i)))).isEqualTo(first);
      }
    }
  }

  @Test
  void whoHasNothingOfARankingIsNotInIt() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(5, Order.ERRORS, Order.MISSES), clock)) {
      Request miss = new Request("/miss", START, 200, 1, "Hit", "Miss");
      Request bad = new Request("/bad", START, 404, 1, "Error", "Error");
      assertThat(membersAfter(state, List.of(hit("/hit"), miss, bad)))
          .containsOnly("/miss", "/bad");
      assertThat(state.ask("SELECT count(*) FROM member")).isEqualTo(2);
    }
  }

  @Test
  void aRequestWeighsHalfAsMuchAfterTheHalfLife() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(1, Order.REQUESTS), clock)) {
      state.add(times(160, hit("/a")));
      clock.advance(Duration.ofHours(1));
      assertThat(membersAfter(state, times(100, hit("/b")))).as("80 of 125").containsOnly("/a");
      clock.advance(Duration.ofHours(1));
      // What is old does not become young because its file is late.
      Request old = Request.hit("/c", START.minus(Duration.ofHours(1)));
      assertThat(membersAfter(state, times(390, old))).as("40 of 48.75").containsOnly("/a");
      assertThat(membersAfter(state, times(1, hit("/b")))).as("40 of 51").containsOnly("/b");
    }
  }

  @Test
  void whatIsInTheFutureWeighsAsIfItWereNow() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(1, Order.REQUESTS), clock)) {
      state.add(times(100, hit("/a")));
      Request early = Request.hit("/b", START.plus(Duration.ofHours(20)));
      assertThat(membersAfter(state, times(110, early))).containsOnly("/a");
    }
  }

  @Test
  void ranksSurviveTheLandmarkAndYearsOfSilence() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(2, Order.REQUESTS), clock)) {
      state.add(times(100, hit("/a")));
      for (int i = 0; i < 4; i++) {
        clock.advance(Duration.ofHours(400));
        List<Request> file =
            Stream.concat(times(9, hit("/b")).stream(), times(5, hit("/c")).stream()).toList();
        assertThat(membersAfter(state, file)).contains("/b");
        state.restart(settings(2, Order.REQUESTS));
      }
      assertThat(state.view().members()).containsOnlyKeys("/b", "/c");
      clock.advance(Duration.ofDays(20 * 365));
      assertThat(membersAfter(state, times(1, hit("/d")))).contains("/d");
      assertThat(state.view().totals().get(Column.REQUESTS)).isEqualTo(100 + 4 * 14 + 1);
    }
  }

  @Test
  void anotherHalfLifeChangesNoWeightOfToday() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(1, Order.REQUESTS), clock)) {
      state.add(times(400, hit("/a")));
      clock.advance(Duration.ofHours(2));
      state.add(times(10, hit("/b")));
      var slower =
          new StoreSettings(
              ObjectNaming.PATH, 1, List.of(Order.REQUESTS), 1000, 100, Duration.ofHours(100));
      state.restart(slower);
      state.restart(slower);
      clock.advance(Duration.ofHours(2));
      assertThat(membersAfter(state, times(110, hit("/b")))).as("98.6 of 119.9").containsOnly("/a");
      state.restart(slower);
      assertThat(membersAfter(state, times(10, hit("/b")))).as("98.6 of 129.9").containsOnly("/b");
    }
  }

  @Test
  void otherSettingsChooseAmongAllThatIsTracked() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(1, Order.REQUESTS), clock)) {
      state.add(times(9, hit("/a")));
      state.add(times(5, new Request("/b", START, 500, 1, "Error", "Error")));
      state.add(times(3, hit("/c")));
      state.restart(settings(2, Order.REQUESTS, Order.ERRORS));
      assertThat(state.view().members()).containsOnlyKeys("/a");
      assertThat(membersAfter(state, List.of())).containsOnly("/a", "/b");
      state.restart(settings(1, Order.ERRORS));
      assertThat(state.view().members()).containsOnlyKeys("/b");
      state.add(List.of());
      state.restart(settings(2, Order.REQUESTS, Order.ERRORS));
      assertThat(state.view().members()).as("the old ranking is gone").containsOnlyKeys("/b");
    }
  }

  @Test
  void aMemberThatLeavesAndReturnsGoesOnFromWhereItWas() throws IOException, SQLException {
    var small =
        new StoreSettings(
            ObjectNaming.PATH, 1, List.of(Order.REQUESTS), 16, 100, Duration.ofHours(1));
    try (var state = new StateFile(folder, small, clock)) {
      state.add(times(100, hit("/a")));
      clock.advance(Duration.ofHours(30));
      state.add(times(200, hit("/b")));
      for (int i = 0; i < 200; i++) {
        state.add(times(2, hit("/random/" + i)));
      }
      assertThat(state.ask("SELECT kept FROM object WHERE object = CAST('/a' AS BLOB)"))
          .as("it was forgotten but for its counters")
          .isPositive();
      state.restart(small);
      assertThat(membersAfter(state, times(900, hit("/a")))).containsOnly("/a");
      assertThat(state.view().members().getOrDefault("/a", Counts.NONE).get(Column.REQUESTS))
          .isEqualTo(1000);
      assertThat(state.view().members()).doesNotContainKey("/b");
    }
  }
}
