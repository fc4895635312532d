package dev.yagura.cloudfront.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.DistributionName;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudFrontTallyTest {
  private static final Instant START = Instant.parse("2026-11-23T10:30:00Z");
  private static final StoreSettings SMALL =
      new StoreSettings(
          ObjectNaming.PATH, 3, List.of(Order.REQUESTS, Order.ERRORS), 64, 8, Duration.ofHours(12));

  @TempDir private Path folder;

  private final FakeClock clock = FakeClock.at(START);

  private static Map<String, Long> by(List<Request> requests, Function<Request, String> type) {
    Map<String, Long> counts = new TreeMap<>();
    requests.forEach(request -> counts.merge(type.apply(request), 1L, Long::sum));
    return counts;
  }

  @Test
  void totalsAreExactAlsoOfObjectsThatAreForgotten() throws IOException, SQLException {
    var random = new RandomRequests(3, 100_000);
    List<Request> all = new ArrayList<>();
    try (var state = new StateFile(folder, SMALL, clock)) {
      for (int file = 0; file < 10; file++) {
        List<Request> requests = random.some(500, START, 30);
        all.addAll(requests);
        state.add(requests);
      }
      Counts totals =
          all.stream().map(r -> Counts.of(r.columns())).reduce(Counts.NONE, Counts::plus);
      DistributionView view = state.view();
      assertThat(view.totals()).isEqualTo(totals);
      assertThat(view.results()).isEqualTo(by(all, Request::result));
      assertThat(view.responseResults()).isEqualTo(by(all, Request::response));
      Histogram hits = view.timeTaken().getOrDefault("Hit", new Histogram(List.of(), 0));
      long count = view.results().getOrDefault("Hit", 0L);
      assertThat(hits.buckets().get(2)).as("at most 25 ms").isEqualTo(count);
      assertThat(hits.sum()).isEqualTo(count * 20 / 1e3);
      assertThat(view.firstByte().keySet()).isEqualTo(view.results().keySet());
      assertThat(view.logs().files()).isEqualTo(10);
      assertThat(view.logs().lines()).isEqualTo(5000);
      assertThat(view.logs().newest())
          .isEqualTo(all.stream().map(Request::time).max(Instant::compareTo));
    }
  }

  @Test
  void malformedLinesAreCountedByReason() throws IOException, SQLException {
    try (var state = new StateFile(folder, SMALL, clock)) {
      state.add(
          List.of(
              new Request("/a", START, 200, -5, "Hit", "Hit"),
              new Request("/a", START.plus(Duration.ofDays(9)), 200, 5, "Hit", "Hit")));
      assertThat(state.view().logs().malformed())
          .containsOnly(entry("bad_number", 1L), entry("bad_time", 1L));
      assertThat(state.view().logs().newest()).isEmpty();
      assertThat(state.view().logs().lateness().buckets()).containsOnly(0L);
    }
  }

  @Test
  void latenessIsFromTheNewestRequestOfAFileUntilNow() throws IOException, SQLException {
    try (var state = new StateFile(folder, SMALL, clock)) {
      state.add(
          List.of(
              Request.hit("/a", START.minusSeconds(40_000)),
              Request.hit("/a", START.minusSeconds(300))));
      state.add(List.of(Request.hit("/a", START.minusSeconds(301))));
      state.add(List.of(Request.hit("/a", START.minus(Duration.ofDays(9)))));
      state.add(List.of(Request.hit("/a", START.plusSeconds(60))));
      Histogram lateness = state.view().logs().lateness();
      assertThat(lateness.buckets()).containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
      assertThat(lateness.sum()).isEqualTo(601 + 9 * 86_400);
    }
  }

  @Test
  void unknownResultTypesAreThirtyTwoOverAllFilesAndStarts() throws IOException, SQLException {
    try (var state = new StateFile(folder, SMALL, clock)) {
      for (int type = 0; type < 40; type++) {
        if (type == 20) {
          state.restart(SMALL);
        }
        state.add(
            List.of(
                new Request("/a", START, 200, 1, "New" + type, "Hit"),
                new Request("/a", START, 200, 1, "New0", "Hit"),
                new Request("/a", START, 200, 1, "Redirect", "Answer" + type)));
      }
      Map<String, Long> results = state.view().results();
      assertThat(results).containsEntry("New0", 41L).containsEntry("Redirect", 40L);
      assertThat(results).containsEntry("other", 24L).containsKey("New15");
      assertThat(results).hasSize(16 + 2).doesNotContainKey("New16");
      assertThat(state.view().responseResults()).hasSize(16 + 2).containsEntry("other", 24L);
      assertThat(state.view().timeTaken().keySet()).isEqualTo(results.keySet());
    }
  }

  @Test
  void theDistributionIsThatOfTheFileNameThenThatOfTheSource() throws IOException, SQLException {
    try (var state = new StateFile(folder, SMALL, clock)) {
      List<Request> one = List.of(Request.hit("/a", START));
      Map<String, String> expected =
          Map.of(
              "E2EXAMPLE12345.2026-11-23-10.abcd.gz", "E2EXAMPLE12345",
              "E2EXAMPLE12345.2026-11-23.abcd.gz", "configured",
              "prefix-E2EXAMPLE12345.2026-11-23-10.abcd.gz", "E2EXAMPLE12345",
              "access.log", "configured");
      for (Map.Entry<String, String> name : expected.entrySet()) {
        var object = StateFile.named(name.getKey(), Optional.of("configured"));
        assertThat(state.read(object, one).distribution()).isEqualTo(name.getValue());
      }
      var nameless = StateFile.named("access.log", Optional.empty());
      assertThat(state.read(nameless, one).distribution()).isEqualTo(DistributionName.UNKNOWN);
    }
  }

  @Test
  void nothingIsSeenBeforeItIsPublishedOrAfterItFailed() throws IOException, SQLException {
    try (var state = new StateFile(folder, SMALL, clock)) {
      state.add(List.of(Request.hit("/a", START)));
      View before = state.tally().view();
      state.addInVain(List.of(Request.hit("/b", START)));
      assertThat(state.tally().view()).isEqualTo(before);
      state.add(List.of(Request.hit("/b", START)));
      assertThat(before.distributions().values())
          .allSatisfy(view -> assertThat(view.members()).containsOnlyKeys("/a"));
      assertThat(state.view().members()).containsOnlyKeys("/a", "/b");
    }
  }

  @Test
  void aRestartShowsTheSame() throws IOException, SQLException {
    var random = new RandomRequests(11, 2000);
    try (var state = new StateFile(folder, SMALL, clock)) {
      for (int file = 0; file < 20; file++) {
        clock.advance(Duration.ofHours(1));
        state.add(random.some(300, clock.instant(), 5));
      }
      View before = state.tally().view();
      state.restart(SMALL);
      assertThat(state.tally().view()).isEqualTo(before);
      assertThat(state.view().bounds().get(Order.REQUESTS)).isPositive();
    }
  }

  @Test
  void anObjectThatNoLabelCanTellApartIsCountedAsOther() throws IOException, SQLException {
    try (var state = new StateFile(folder, SMALL, clock)) {
      List<Request> requests = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        requests.add(Request.hit("/broken\u00ff", START));
        requests.add(Request.hit("other", START));
      }
      requests.add(Request.hit("/caf\u00c3\u00a9", START));
      state.add(requests);
      state.add(requests);
      assertThat(state.view().members()).containsOnlyKeys("/caf\u00e9");
      assertThat(state.view().other().get(Column.REQUESTS)).isEqualTo(21 + 20);
    }
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> settings(10, List.of(Order.HITS), 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not \"hits\"");
    assertThatThrownBy(() -> settings(10, List.of(Order.MISSES, Order.MISSES), 1000))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> settings(10, List.of(Order.MISSES), 39))
        .hasMessageContaining("four times");
    assertThat(settings(10, List.of(Order.MISSES), 40).top()).isEqualTo(10);
  }

  private static StoreSettings settings(int top, List<Order> rankings, int maxObjects) {
    return new StoreSettings(ObjectNaming.PATH, top, rankings, maxObjects, 8, Duration.ofHours(12));
  }
}
