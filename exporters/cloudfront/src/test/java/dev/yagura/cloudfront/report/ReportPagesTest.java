package dev.yagura.cloudfront.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Counts;
import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Page;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportPagesTest {
  private final List<ReportQuery> queries = new ArrayList<>();

  private Answer get(List<String> known, String path, Map<String, List<String>> parameters)
      throws IOException {
    ReportSource source =
        new ReportSource() {
          @Override
          public List<String> distributions() {
            return known;
          }

          @Override
          public Optional<Span> span(String distribution) {
            return Optional.of(new Span(Reports.START, Reports.START));
          }

          @Override
          public PopularObjects report(ReportQuery query) {
            queries.add(query);
            PopularObjects like = Reports.ordinary(query.order());
            return Reports.of(query, like.entries(), Counts.NONE.plus(like.totals()), 0);
          }
        };
    List<Page> pages = new ReportPages(source, FakeClock.at(Reports.NOW)).pages();
    Page page =
        pages.stream()
            .filter(one -> one.path().equals("/reports/" + path))
            .findFirst()
            .orElseThrow();
    return page.answerer().answer(parameters);
  }

  @Test
  void theThreeFormatsAreOfTheSameQuery() throws IOException {
    Map<String, List<String>> asked =
        Map.of("order", List.of("misses"), "top", List.of("3"), "end", List.of("2026-11-22"));
    Answer html = get(List.of("E1"), "popular-objects", asked);
    Answer csv = get(List.of("E1"), "popular-objects.csv", asked);
    Answer json = get(List.of("E1"), "popular-objects.json", asked);
    assertThat(List.of(html.status(), csv.status(), json.status())).containsOnly(200);
    assertThat(queries).hasSize(3).containsOnly(queries.get(0));
    assertThat(csv.contentType()).isEqualTo("text/csv; charset=utf-8");
    assertThat(csv.headers())
        .containsEntry(
            "Content-Disposition", "attachment; filename=\"popular-objects-E1-2026-11-22.csv\"");
    assertThat(json.contentType()).isEqualTo("application/json");
    assertThat(html.body())
        .contains(
            "popular-objects.csv?distribution=E1&amp;start=2026-11-22T00%3A00%3A00Z"
                + "&amp;end=2026-11-23T00%3A00%3A00Z&amp;order=misses&amp;top=3");
  }

  @Test
  void eachHeaderLinksToItsOrderAndKeepsThePreset() throws IOException {
    String html = get(List.of("E1"), "popular-objects", Map.of("window", List.of("7d"))).body();
    assertThat(html)
        .contains("href=\"?distribution=E1&amp;window=7d&amp;order=bytes_from_misses&amp;top=50\"")
        .contains(
            "aria-sort=\"descending\"><a href=\"?distribution=E1&amp;window=7d&amp;order=req");
  }

  @Test
  void withSeveralDistributionsPeopleChooseAndMachinesAreToldTheirNames() throws IOException {
    List<String> known = List.of("E1", "E2<");
    Answer html = get(known, "popular-objects", Map.of());
    assertThat(html.status()).isEqualTo(200);
    assertThat(html.body()).contains("?distribution=E1\"", "?distribution=E2%3C\"", "E2&lt;");
    for (String path : List.of("popular-objects.csv", "popular-objects.json")) {
      Answer answer = get(known, path, Map.of());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("distribution: must be given.\nDistributions: E1, E2<\n");
    }
    assertThat(queries).isEmpty();
  }

  @Test
  void beforeTheFirstLogNothingIsThere() throws IOException {
    assertThat(get(List.of(), "popular-objects", Map.of()).body())
        .contains("No log has arrived yet");
    assertThat(get(List.of(), "popular-objects.csv", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void badParametersAreAllToldAndEscaped() throws IOException {
    Map<String, List<String>> bad =
        Map.of("top", List.of("<b>"), "order", List.of("<i>"), "start", List.of("<u>"));
    Answer html = get(List.of("E1"), "popular-objects", bad);
    assertThat(html.status()).isEqualTo(400);
    assertThat(html.body())
        .contains("&lt;b&gt;", "&lt;i&gt;", "&lt;u&gt;")
        .doesNotContain("<b>", "<i>", "<u>");
    Answer csv = get(List.of("E1"), "popular-objects.csv", bad);
    assertThat(csv.status()).isEqualTo(400);
    assertThat(csv.contentType()).startsWith("text/plain");
    assertThat(csv.body().lines()).hasSize(4);
    assertThat(queries).isEmpty();
  }
}
