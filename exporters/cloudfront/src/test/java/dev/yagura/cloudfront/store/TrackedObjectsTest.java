package dev.yagura.cloudfront.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.HourCounts;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackedObjectsTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration HALF_LIFE = Duration.ofHours(3);

  @TempDir private Path folder;

  private final FakeClock clock = FakeClock.at(START);

  private static StoreSettings settings(int top, int maxObjects) {
    return new StoreSettings(
        ObjectNaming.PATH,
        top,
        List.of(Order.REQUESTS, Order.BYTES_FROM_MISSES),
        maxObjects,
        8,
        HALF_LIFE);
  }

  /** What a request of an hour weighs at another time. */
  private static double faded(Request request, Instant at) {
    double hours =
        Math.floorDiv(at.getEpochSecond(), 3600)
            - Math.floorDiv(request.time().getEpochSecond(), 3600);
    return Math.pow(2, -hours / HALF_LIFE.toHours());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void noObjectHasMoreThanItsWeightAndErrorOrThanTheBound(long seed)
      throws IOException, SQLException {
    var random = new RandomRequests(seed, 3000);
    List<Request> all = new ArrayList<>();
    try (var state = new StateFile(folder, settings(2, 48), clock)) {
      for (int file = 0; file < 25; file++) {
        clock.advance(Duration.ofMinutes(random.random().nextInt(200)));
        // Some files have more objects than one may tell apart: they forget some themselves.
        List<Request> requests = random.some(20 + random.random().nextInt(300), clock.instant(), 4);
        all.addAll(requests);
        state.add(requests);
        if (file % 6 == 2) {
          state.restart(settings(2, 48));
        }
      }
      Instant newest = all.stream().map(Request::time).max(Instant::compareTo).orElse(START);
      Map<String, double[]> tracked = tracked(state, newest);
      assertThat(tracked).hasSizeBetween(30, 48);
      for (int weight = 0; weight < Order.WEIGHTS.size(); weight++) {
        Order order = Order.WEIGHTS.get(weight);
        Map<String, Double> truth = new HashMap<>();
        for (Request request : all) {
          double value = order.of(Counts.of(request.columns())) * faded(request, newest);
          truth.merge(request.object(), value, Double::sum);
        }
        double bound = state.view().bounds().getOrDefault(order, -1.0);
        for (Map.Entry<String, Double> object : truth.entrySet()) {
          double[] row = tracked.get(object.getKey());
          double atLeast = row == null ? 0 : row[2 * weight];
          double atMost = row == null ? bound : row[2 * weight] + row[2 * weight + 1];
          assertThat(object.getValue())
              .as("%s of %s", order, object.getKey())
              .isBetween(atLeast * (1 - 1e-9), atMost * (1 + 1e-9));
        }
      }
    }
  }

  /** Weights and errors as they are in the database, faded. */
  private static Map<String, double[]> tracked(StateFile state, Instant at) throws SQLException {
    Map<String, double[]> tracked = new HashMap<>();
    long landmark = state.ask("SELECT landmark FROM distribution");
    double factor =
        new Fading(HALF_LIFE.toSeconds(), landmark).factor(at.getEpochSecond() / 3600 * 3600);
    state.eachTracked(
        (object, weights, errors) -> {
          double[] both = new double[2 * weights.length];
          for (int weight = 0; weight < weights.length; weight++) {
            both[2 * weight] = weights[weight] / factor;
            both[2 * weight + 1] = errors[weight] / factor;
          }
          tracked.put(object, both);
        });
    return tracked;
  }

  private static void count(HourCounts hour, String object, int requests) {
    byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
    int row = hour.objects().row(bytes, 0, bytes.length);
    hour.objects().table().counters(row)[hour.objects().table().offset(row)] += requests;
  }

  private static double error(TrackedObjects tracked, String object) {
    int row = tracked.rows().find(object.getBytes(StandardCharsets.UTF_8));
    return tracked.rows().error(row, 0);
  }

  @Test
  void whatAFileForgotIsInTheErrorsAndInTheBound() {
    long hour = START.getEpochSecond() / 3600;
    var tracked =
        new TrackedObjects(100, new Fading(HALF_LIFE.toSeconds(), START.getEpochSecond()));
    var first = new HourCounts(hour, 100);
    count(first, "/silent", 1);
    count(first, "/a", 1);
    tracked.add(first, START.getEpochSecond());
    var forgetful = new HourCounts(hour, 4);
    count(forgetful, "/gone", 3);
    for (String object : List.of("/a", "/b", "/c")) {
      count(forgetful, object, 5);
    }
    count(forgetful, "/late", 4);

    tracked.add(forgetful, START.getEpochSecond());
    assertThat(error(tracked, "/silent")).isEqualTo(3);
    assertThat(error(tracked, "/a")).isZero();
    assertThat(error(tracked, "/late")).isEqualTo(3);
    assertThat(tracked.bound(0, START.getEpochSecond())).isEqualTo(3);
    var later = new HourCounts(hour, 100);
    count(later, "/new", 1);
    tracked.add(later, START.getEpochSecond());
    assertThat(error(tracked, "/new")).isEqualTo(3);
    assertThat(tracked.bound(0, START.plus(HALF_LIFE).getEpochSecond())).isEqualTo(1.5);
    Instant far = START.plus(HALF_LIFE.multipliedBy(600));
    tracked.add(new HourCounts(far.getEpochSecond() / 3600, 100), far.getEpochSecond());
    assertThat(tracked.bound(0, far.getEpochSecond())).isLessThan(1e-9);
  }

  @Test
  void whoIsForgottenAgainAndAgainIsStillWithinTheBound() {
    long hour = START.getEpochSecond() / 3600;
    var tracked = new TrackedObjects(8, new Fading(HALF_LIFE.toSeconds(), hour * 3600));
    for (int round = 0; round < 20; round++) {
      var again = new HourCounts(hour, 100);
      count(again, "/again", 1);
      tracked.add(again, START.getEpochSecond());
      var others = new HourCounts(hour, 100);
      for (int i = 0; i < 40; i++) {
        count(others, "/other/" + round + "/" + i, 1);
      }
      tracked.add(others, START.getEpochSecond());
      assertThat(tracked.isTracked("/again".getBytes(StandardCharsets.UTF_8))).isFalse();
      assertThat(tracked.bound(0, hour * 3600)).isGreaterThanOrEqualTo(round + 1);
    }
  }

  @Test
  void theTopStaysExactUnderAFloodOfRandomObjects() throws IOException, SQLException {
    var random = new RandomRequests(5, 200);
    Map<String, Long> truth = new HashMap<>();
    int flood = 0;
    try (var state = new StateFile(folder, settings(10, 1000), clock)) {
      for (int file = 0; file < 20; file++) {
        clock.advance(Duration.ofMinutes(10));
        List<Request> requests = random.some(500, clock.instant(), 1);
        requests.forEach(request -> truth.merge(request.object(), 1L, Long::sum));
        for (int i = 0; i < 5000; i++) {
          requests.add(new Request("/flood/" + flood++, clock.instant(), 404, 900, "Miss", "Miss"));
        }
        state.add(requests);
        assertThat(state.view().trackedObjects()).isLessThanOrEqualTo(1000);
      }
      List<String> best =
          truth.keySet().stream()
              .sorted(
                  (one, two) ->
                      Long.compare(truth.getOrDefault(two, 0L), truth.getOrDefault(one, 0L)))
              .limit(6)
              .toList();
      for (String object : best) {
        assertThat(state.view().members()).containsKey(object);
        assertThat(state.view().members().getOrDefault(object, Counts.NONE).get(Column.REQUESTS))
            .as(object)
            .isEqualTo(truth.get(object));
      }
      assertThat(state.view().members()).hasSizeLessThanOrEqualTo(20);
      assertThat(state.ask("SELECT count(*) FROM object")).isLessThan(1300);
      assertThat(state.ask("SELECT max(n) FROM (SELECT count(*) n FROM hour_object GROUP BY hour)"))
          .isLessThanOrEqualTo(16);
    }
  }

  @Test
  void whatIsTrackedStaysExactAlsoWhereAFileOfManyHoursLetsGoOfIt()
      throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(2, 40), clock)) {
      List<Request> known = new ArrayList<>();
      for (int i = 0; i < 36; i++) {
        known.addAll(Collections.nCopies(100, Request.hit("/known/" + i, START)));
      }
      state.add(known);
      List<Request> month = new ArrayList<>();
      for (int hour = 0; hour < 700; hour++) {
        Instant at = START.minus(Duration.ofHours(hour));
        for (int i = 0; i < 36; i++) {
          month.add(Request.hit("/known/" + i, at));
        }
      }
      LogCounts read = state.read(month);
      int rows = 0;
      for (HourCounts hour : read.counts().hours()) {
        rows += hour.objects().table().size();
      }
      assertThat(rows).isEqualTo(read.counts().units()).isLessThanOrEqualTo(60);
      assertThat(read.counts().evicted().size()).isLessThanOrEqualTo(40);
      state.add(read);
      for (int i = 0; i < 36; i++) {
        assertThat(requests(state, "/known/" + i)).isEqualTo(800);
      }
      assertThat(state.view().totals().get(Column.REQUESTS)).isEqualTo(36 * 800);
    }
  }

  private static long requests(StateFile state, String object) throws SQLException {
    return state.ask(
        "SELECT requests FROM object WHERE object = CAST('%s' AS BLOB)".formatted(object));
  }

  @Test
  void hoursThatNoReportKeepsAreOneHour() throws IOException, SQLException {
    try (var state = new StateFile(folder, settings(2, 100), clock)) {
      List<Request> years = new ArrayList<>();
      for (int day = 0; day < 1000; day++) {
        years.add(Request.hit("/old", START.minus(Duration.ofDays(day))));
      }
      LogCounts read = state.read(years);
      assertThat(read.counts().hours()).hasSizeLessThanOrEqualTo(62);
      state.add(read);
      assertThat(requests(state, "/old")).isEqualTo(1000);
      assertThat(state.ask("SELECT count(*) FROM hour")).isLessThanOrEqualTo(61);
    }
  }

  @Test
  void whatWasKeptLongestAgoIsForgottenFirst() {
    var kept = new KeptObjects(3);
    for (int i = 0; i < 3; i++) {
      assertThat(kept.keep(new byte[] {(byte) i}, new long[] {i})).isEmpty();
    }
    assertThat(kept.take(new byte[] {0})).containsExactly(0);
    assertThat(kept.keep(new byte[] {0}, new long[] {7})).isEmpty();
    assertThat(kept.keep(new byte[] {9}, new long[] {9})).containsExactly(new byte[] {1});
    assertThat(kept.changes().stream().map(object -> object.object()[0]))
        .containsExactlyInAnyOrder((byte) 0, (byte) 2, (byte) 9);
    assertThat(kept.changes()).isEmpty();
    assertThat(kept.take(new byte[] {1})).isNull();
    assertThat(kept.size()).isEqualTo(3);
  }
}
