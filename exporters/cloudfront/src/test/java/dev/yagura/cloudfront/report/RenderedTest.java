package dev.yagura.cloudfront.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Order;
import dev.yagura.testing.Goldens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was looked at once. */
class RenderedTest {
  private static final Goldens GOLDENS = Goldens.in(RenderedTest.class);

  private static String page(PopularObjects report, Map<String, List<String>> parameters) {
    List<String> known = List.of(Reports.DISTRIBUTION, "E7MEDIA");
    return HtmlReport.render(
        report, Asked.parse(parameters, known, Reports.NOW), known, Optional.empty());
  }

  @Test
  void theOrdinaryReportIsAsItWasLookedAt() {
    PopularObjects report = Reports.ordinary(Order.BYTES_FROM_MISSES);
    GOLDENS.assertFileMatches("ordinary.csv", CsvReport.render(report, 0));
    GOLDENS.assertFileMatches("ordinary.json", JsonReport.render(report, 0));
    GOLDENS.assertFileMatches("ordinary.html", page(report, Map.of()));
    GOLDENS.assertFileMatches("ordinary.txt", TableReport.render(report, 0, false, 0));
    GOLDENS.assertFileMatches("ordinary-human-80.txt", TableReport.render(report, 80, true, 2));
  }

  @Test
  void theReportThatMeansHarmIsAsItWasLookedAt() {
    PopularObjects report = Reports.hostile();
    GOLDENS.assertFileMatches("hostile.csv", CsvReport.render(report, 1));
    GOLDENS.assertFileMatches("hostile.json", JsonReport.render(report, 1));
    GOLDENS.assertFileMatches("hostile.html", page(report, Map.of()));
    GOLDENS.assertFileMatches("hostile.txt", TableReport.render(report, 0, false, 1));
  }

  @Test
  void theEmptyReportIsAsItWasLookedAt() {
    PopularObjects report = Reports.empty(Optional.empty());
    GOLDENS.assertFileMatches("empty.csv", CsvReport.render(report, 0));
    GOLDENS.assertFileMatches("empty.json", JsonReport.render(report, 0));
    GOLDENS.assertFileMatches("empty.txt", TableReport.render(report, 0, false, 0));
  }

  @Test
  void aPageWithoutRowsSaysWhetherLogsHaveArrived() {
    assertThat(page(Reports.empty(Optional.empty()), Map.of()))
        .contains("No log has arrived yet")
        .doesNotContain("<table", "No request in this window");
    assertThat(page(Reports.empty(Optional.of(Reports.START)), Map.of()))
        .contains("No request in this window", "newest request known is of 2026-11-22 09:00")
        .contains("start=2026-11-21T10%3A00%3A00Z&amp;end=2026-11-22T10%3A00%3A00Z")
        .doesNotContain("<table", "No log has arrived yet");
  }

  @Test
  void nothingHostileBecomesMarkupOrScript() {
    String html = page(Reports.hostile(), Map.of());
    assertThat(html)
        .doesNotContain("<script", "<i>,", "\u202E", "\u001B", "\u0000", "javascript:")
        .contains("/&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("/%E2%80%AEgpj.exe", "/%00%1B[31mred", "/line%0D%0Abreak")
        .contains("/\u05E9\u05DC\u05D5\u05DD", "E1&lt;&quot;&amp;");
    assertThat(Reports.HOSTILE)
        .filteredOn(object -> object.matches(".*[<>\"&].*"))
        .isNotEmpty()
        .allSatisfy(object -> assertThat(html).doesNotContain(object));
  }

  @Test
  void theTableIsPrintableAsciiWhateverTheNames() {
    assertThat(TableReport.render(Reports.hostile(), 0, false, 1)).matches("[ -~\n]*");
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void theTableFitsTheTerminalAndKeepsWhatItIsRankedBy(Order order) {
    for (int width : new int[] {80, 100, 132, 200}) {
      String table = TableReport.render(Reports.ordinary(order), width, false, 0);
      List<String> rows = table.lines().skip(2).toList();
      assertThat(rows).as(table).allSatisfy(row -> assertThat(row.length()).isLessThan(width + 1));
    }
    String narrow = TableReport.render(Reports.ordinary(order), 60, false, 0);
    assertThat(narrow)
        .contains(
            switch (order) {
              case ERRORS -> "4XX  5XX";
              case BYTES_FROM_MISSES -> "BYTES_FROM_MISSES";
              case INCOMPLETE_DOWNLOADS -> "INCOMPLETE";
              default -> order.label().replace("http_", "").toUpperCase(java.util.Locale.ROOT);
            });
  }

  @Test
  void inAPipeNothingIsCut() {
    assertThat(TableReport.render(Reports.hostile(), 0, false, 0))
        .contains("/" + "long/".repeat(99) + "end\n");
  }

  @Test
  void othersAndListedAddUpToTheTotal() {
    assertThat(TableReport.render(Reports.ordinary(Order.REQUESTS), 0, false, 0))
        .containsPattern("\n +3789 .*\\(all others\\)\n +60000 .*\\(total\\)\n");
  }

  @Test
  void aPartialReportIsMarkedInEveryFormat() {
    PopularObjects report = Reports.ordinary(Order.REQUESTS);
    assertThat(CsvReport.render(report, 2)).contains("Report,Popular Objects (partial)\r\n");
    assertThat(JsonReport.render(report, 2)).contains("\"unread_files\" : 2");
    assertThat(TableReport.render(report, 0, false, 2)).contains("PARTIAL: 2 files");
    assertThat(TableReport.render(report, 0, false, 0)).doesNotContain("PARTIAL");
  }

  @Test
  void theBoundIsSaidInWords() {
    assertThat(page(Reports.hostile(), Map.of())).contains("may have up to 17 requests more");
    assertThat(page(Reports.ordinary(Order.REQUESTS), Map.of())).contains("Every number is exact");
    assertThat(TableReport.render(Reports.hostile(), 0, false, 0))
        .contains("may have up to 17 more requests than shown");
  }

  @Test
  void aChangeIsAnArrowAndAPercentage() {
    assertThat(Change.of(150, 100).html()).contains("&#9650;&nbsp;50&nbsp;%");
    assertThat(Change.of(50, 100).html()).contains("&#9660;&nbsp;50&nbsp;%");
    assertThat(Change.of(0, 100).html()).contains("&#9660;&nbsp;100&nbsp;%");
    assertThat(Change.of(100, 100).html()).contains("unchanged");
    assertThat(Change.of(1_000_001, 1_000_000).html()).contains("&plusmn;0&nbsp;%");
    assertThat(Change.of(5, 0).html()).contains("new");
    assertThat(Change.of(5000, 100).html()).contains("&times;50");
  }
}
