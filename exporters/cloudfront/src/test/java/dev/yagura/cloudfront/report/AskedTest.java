package dev.yagura.cloudfront.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Order;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTest {
  private static final List<String> ONE = List.of("E1");
  private static final Instant NOW = Instant.parse("2026-11-23T08:27:49Z");

  private static Asked asked(String... pairs) {
    return asked(ONE, pairs);
  }

  private static Asked asked(List<String> known, String... pairs) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], List.of(pairs[i + 1]));
    }
    return Asked.parse(parameters, known, NOW);
  }

  private static ReportQuery query(String... pairs) {
    Asked asked = asked(pairs);
    assertThat(asked.problems()).isEmpty();
    return asked.query().orElseThrow();
  }

  @Test
  void nothingAskedIsTheOnlyDistributionTheLastDayAndFifty() {
    assertThat(query())
        .isEqualTo(
            new ReportQuery(
                "E1",
                Instant.parse("2026-11-22T09:00:00Z"),
                Instant.parse("2026-11-23T09:00:00Z"),
                50,
                Order.REQUESTS));
    assertThat(query("start", "", "end", " ", "top", "", "order", "")).isEqualTo(query());
  }

  @Test
  void onTheFullHourTheHourThatBeginsIsIncluded() {
    Asked asked = Asked.parse(Map.of(), ONE, Instant.parse("2026-11-23T08:00:00Z"));
    assertThat(asked.query().orElseThrow().end()).isEqualTo("2026-11-23T09:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22, 2026-11-22, 2026-11-22T00:00:00Z, 2026-11-23T00:00:00Z",
    "2026-11-20, 2026-11-22, 2026-11-20T00:00:00Z, 2026-11-23T00:00:00Z",
    "2026-11-22T10:00:00Z, 2026-11-22T11:00:00Z, 2026-11-22T10:00:00Z, 2026-11-22T11:00:00Z",
    "2026-11-22T10:59:59Z, 2026-11-22T11:00:01Z, 2026-11-22T10:00:00Z, 2026-11-22T12:00:00Z",
    "2026-11-22T10:30, 2026-11-22T10:31, 2026-11-22T10:00:00Z, 2026-11-22T11:00:00Z",
    "2026-11-22T10:00+09:00, 2026-11-22T10:00-03:30, 2026-11-22T01:00:00Z, 2026-11-22T14:00:00Z",
    "2026-11-22T10:00 09:00, 2026-11-22T10:00Z, 2026-11-22T01:00:00Z, 2026-11-22T10:00:00Z",
  })
  void aWindowIsRoundedOutwardToHours(String start, String end, Instant from, Instant to) {
    ReportQuery query = query("start", start, "end", end);
    assertThat(query.start()).isEqualTo(from);
    assertThat(query.end()).isEqualTo(to);
  }

  @Test
  void aPresetEndsWithTheRunningHourAndTimesWinOverIt() {
    assertThat(query("window", "7d").start()).isEqualTo("2026-11-16T09:00:00Z");
    assertThat(asked("window", "7d").window()).contains(Asked.Window.WEEK);
    assertThat(query("window", "7d", "start", "2026-11-22").start())
        .isEqualTo("2026-11-22T00:00:00Z");
    assertThat(asked("window", "7d", "start", "2026-11-22").window()).isEmpty();
  }

  @Test
  void moreThanSixtyDaysAreCutWithANote() {
    Asked asked = asked("start", "2026-01-01", "end", "2026-11-22");
    assertThat(asked.query().orElseThrow().start()).isEqualTo("2026-09-24T00:00:00Z");
    assertThat(asked.query().orElseThrow().end()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(asked.notes()).hasSize(1);
    assertThat(asked("window", "60d").notes()).isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Asked asked =
        asked(
            "start",
            "yesterday",
            "end",
            "2026-13-01",
            "top",
            "0",
            "order",
            "size",
            "window",
            "1h",
            "distribution",
            "E9",
            "sort",
            "x");
    assertThat(asked.query()).isEmpty();
    assertThat(asked.problems()).hasSize(7);
  }

  @ParameterizedTest
  @CsvSource({
    "top, 1001",
    "top, -1",
    "top, 5x",
    "top, 99999999999",
    "start, +999999999-01-01",
    "start, 1999-12-31",
    "start, 2026-11-22T",
    "end, 2101-01-01",
    "start, 2026-11-24",
    "order, ''''"
  })
  void aValueOutOfBoundsIsAProblem(String name, String value) {
    assertThat(asked(name, value).problems()).hasSize(1);
  }

  @Test
  void aWindowThatEndsBeforeItBeginsIsAProblem() {
    assertThat(asked("start", "2026-11-22T10:00Z", "end", "2026-11-22T10:00Z").problems())
        .hasSize(1);
  }

  @Test
  void aParameterGivenTwiceIsAProblem() {
    Asked asked = Asked.parse(Map.of("top", List.of("1", "2")), ONE, NOW);
    assertThat(asked.problems()).hasSize(1);
  }

  @Test
  void amongSeveralDistributionsOneIsChosenByWhoAsks() {
    List<String> two = List.of("E1", "E2");
    assertThat(asked(two).query()).isEmpty();
    assertThat(asked(two).problems()).isEmpty();
    assertThat(asked(two, "distribution", "E2").query().orElseThrow().distribution())
        .isEqualTo("E2");
    assertThat(asked(two, "distribution", "E3").problems()).hasSize(1);
    assertThat(asked(List.of(), "distribution", "E3").problems()).isEmpty();
  }
}
