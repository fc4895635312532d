package dev.yagura.cloudfront.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.report.PopularObjects;
import dev.yagura.cloudfront.report.ReportQuery;
import dev.yagura.cloudfront.report.ReportSource.Span;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant EARLIER = START.minus(Duration.ofHours(5));

  @TempDir private Path folder;

  private final FakeClock clock = FakeClock.at(START);

  private StateFile state(int hourObjects) throws SQLException {
    return new StateFile(
        folder,
        new StoreSettings(
            ObjectNaming.PATH, 3, List.of(Order.REQUESTS), 4096, hourObjects, Duration.ofHours(12)),
        clock);
  }

  private static ReportQuery query(Instant start, Instant end, int top, Order order) {
    return new ReportQuery(StateFile.DISTRIBUTION, start, end, top, order);
  }

  private static Map<String, Counts> model(List<Request> requests, Instant start, Instant end) {
    Map<String, Counts> model = new TreeMap<>();
    for (Request request : requests) {
      if (!request.time().isBefore(start) && request.time().isBefore(end)) {
        model.merge(request.object(), Counts.of(request.columns()), Counts::plus);
      }
    }
    return model;
  }

  private static Counts sum(Map<String, Counts> counts) {
    return counts.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void aReportSaysWhatIsTrueAsLongAsTheHoursHaveRoom(Order order) throws IOException, SQLException {
    var random = new RandomRequests(7, 300);
    List<Request> all = new ArrayList<>();
    try (var state = state(1000)) {
      for (int file = 0; file < 40; file++) {
        List<Request> requests = random.some(400, START, 12);
        all.addAll(requests);
        state.add(requests);
      }
      PopularObjects report = state.reports().report(query(EARLIER, START, 10, order));

      Map<String, Counts> model = model(all, EARLIER, START);
      Map<String, Counts> before = model(all, EARLIER.minus(Duration.ofHours(5)), EARLIER);
      List<PopularObjects.Entry> best =
          model.entrySet().stream()
              .filter(entry -> order.of(entry.getValue()) > 0)
              .sorted(
                  Comparator.comparingLong(
                          (Map.Entry<String, Counts> entry) -> -order.of(entry.getValue()))
                      .thenComparing(Map.Entry::getKey))
              .limit(10)
              .map(
                  entry ->
                      new PopularObjects.Entry(
                          entry.getKey(), entry.getValue(), before(before, entry.getKey(), order)))
              .toList();
      assertThat(report.entries()).isEqualTo(best);
      assertThat(report.totals()).isEqualTo(sum(model));
      assertThat(report.before()).hasValue(sum(before));
      assertThat(report.bound()).isZero();
      assertThat(report.friendlyName()).hasValue("shop");
      assertThat(report.newestEvent())
          .isEqualTo(all.stream().map(Request::time).max(Instant::compareTo));
    }
  }

  private static OptionalLong before(Map<String, Counts> before, String object, Order order) {
    Counts counts = before.get(object);
    return counts == null ? OptionalLong.empty() : OptionalLong.of(order.of(counts));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatAReportLacksIsWithinItsBound(long seed) throws IOException, SQLException {
    var random = new RandomRequests(seed, 5000);
    List<Request> all = new ArrayList<>();
    try (var state = state(40)) {
      for (int file = 0; file < 30; file++) {
        List<Request> requests = random.some(300, START, 3);
        all.addAll(requests);
        state.add(requests);
        if (file % 7 == 3) {
          state.addInVain(random.some(300, START, 3));
        }
        if (file % 9 == 5) {
          state.restart(
              new StoreSettings(
                  ObjectNaming.PATH, 3, List.of(Order.REQUESTS), 4096, 40, Duration.ofHours(12)));
        }
      }
      assertThat(state.ask("SELECT max(n) FROM (SELECT count(*) n FROM hour_object GROUP BY hour)"))
          .isLessThanOrEqualTo(80);
      Instant start = START.minus(Duration.ofHours(3));
      Map<String, Counts> model = model(all, start, START);
      for (Order order : Order.values()) {
        PopularObjects report = state.reports().report(query(start, START, 10_000, order));
        assertThat(report.totals()).isEqualTo(sum(model));
        assertThat(report.bound()).isPositive();
        Map<String, Long> counted = new TreeMap<>();
        report.entries().forEach(entry -> counted.put(entry.object(), order.of(entry.counts())));
        model.forEach(
            (object, counts) ->
                assertThat(order.of(counts))
                    .as("%s of %s", order, object)
                    .isBetween(
                        counted.getOrDefault(object, 0L),
                        counted.getOrDefault(object, 0L) + report.bound()));
      }
    }
  }

  @Test
  void theBestOfManyHoursAreFoundAlsoIfTheyAreNeverTheBestOfOne() throws IOException, SQLException {
    List<Request> all = new ArrayList<>();
    try (var state = state(1000)) {
      for (int hour = 1; hour <= 40; hour++) {
        Instant time = START.minus(Duration.ofHours(hour));
        for (int i = 0; i < 3000; i++) {
          all.add(Request.hit("/of/this/hour/" + hour + "/" + i % 2, time));
        }
        for (int i = 0; i < 60; i++) {
          all.add(Request.hit("/always", time));
        }
        for (int i = 0; i < (hour == 1 ? 2500 : 0); i++) {
          all.add(Request.hit("/once", time));
        }
      }
      state.add(all);
      Instant start = START.minus(Duration.ofHours(40));
      var report = state.reports().report(query(start, START, 2, Order.REQUESTS));
      assertThat(report.entries().stream().map(PopularObjects.Entry::object))
          .containsExactly("/once", "/always");
      assertThat(report.entries().get(1).counts().get(Column.REQUESTS)).isEqualTo(2400);
    }
  }

  @Test
  void whatAnObjectHasInQuietHoursCountsToo() throws IOException, SQLException {
    List<Request> all = new ArrayList<>();
    try (var state = state(1000)) {
      for (int hour = 1; hour <= 40; hour++) {
        Instant time = START.minus(Duration.ofHours(hour));
        for (int i = 0; i < 2760; i++) {
          all.add(Request.hit("/of/this/hour/" + hour + "/" + i % 100, time));
        }
        all.addAll(Collections.nCopies(hour % 2 == 0 ? 160 : 70, Request.hit("/half", time)));
        all.addAll(Collections.nCopies(hour == 1 ? 9000 : 0, Request.hit("/once", time)));
        all.addAll(Collections.nCopies(hour == 2 ? 4000 : 0, Request.hit("/twice", time)));
      }
      state.add(all);
      Instant start = START.minus(Duration.ofHours(40));
      var report = state.reports().report(query(start, START, 2, Order.REQUESTS));
      assertThat(report.entries().stream().map(PopularObjects.Entry::object))
          .containsExactly("/once", "/half");
    }
  }

  @Test
  void aLateFileIsAddedToItsHourHoweverManyOthersCameSince() throws IOException, SQLException {
    try (var state = state(1000)) {
      for (int hour = 1; hour <= 50; hour++) {
        state.add(List.of(Request.hit("/a", START.minus(Duration.ofHours(hour)))));
      }
      Instant old = START.minus(Duration.ofHours(50));
      state.add(List.of(Request.hit("/a", old), Request.hit("/b", old)));
      var report = state.reports().report(query(old, old.plus(1, ChronoUnit.HOURS), 9, Order.HITS));
      assertThat(report.entries().stream().map(e -> e.object() + e.counts().get(Column.REQUESTS)))
          .containsExactly("/a2", "/b1");
      assertThat(report.totals().get(Column.REQUESTS)).isEqualTo(3);
    }
  }

  @Test
  void hoursGoAfterSixtyDaysAndTotalsStay() throws IOException, SQLException {
    try (var state = state(1000)) {
      for (int hour = 0; hour < 10; hour++) {
        state.add(List.of(Request.hit("/a", START.minus(Duration.ofHours(hour)))));
      }
      clock.advance(Duration.ofDays(60).plusMinutes(30));
      state.add(List.of(Request.hit("/b", clock.instant())));
      assertThat(state.ask("SELECT count(*) FROM hour")).as("a few at once").isEqualTo(7);
      for (int file = 0; file < 3; file++) {
        state.add(List.of(Request.hit("/too/late", START.minus(Duration.ofDays(1)))));
      }
      assertThat(state.reports().span(StateFile.DISTRIBUTION))
          .hasValue(new Span(START, clock.instant().truncatedTo(ChronoUnit.HOURS)));
      assertThat(state.ask("SELECT count(DISTINCT hour) FROM hour_object")).isEqualTo(2);
      List<Request> old = new ArrayList<>();
      for (int hour = 1; hour < 20; hour++) {
        old.add(Request.hit("/old", START.minus(Duration.ofHours(hour))));
      }
      state.add(old);
      assertThat(state.ask("SELECT count(*) FROM hour")).isEqualTo(2);
      assertThat(state.view().totals().get(Column.REQUESTS)).isEqualTo(14 + 19);
    }
  }

  @Test
  void nothingIsSaidOfADistributionThatIsNotKnown() throws IOException, SQLException {
    try (var state = state(1000)) {
      var reports = state.reports();
      assertThat(reports.distributions()).isEmpty();
      assertThat(reports.span(StateFile.DISTRIBUTION)).isEmpty();
      PopularObjects report = reports.report(query(EARLIER, START, 10, Order.REQUESTS));
      assertThat(report.entries()).isEmpty();
      assertThat(report.before()).isEmpty();
      assertThat(report.newestEvent()).isEmpty();
      assertThat(report.totals()).isEqualTo(Counts.NONE);
      state.add(List.of(Request.hit("/a", EARLIER)));
      assertThat(reports.distributions()).containsExactly(StateFile.DISTRIBUTION);
    }
  }
}
