package dev.yagura.cloudfront.report;

import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Page;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report over HTTP: a page for people, CSV and JSON for everything else. */
public final class ReportPages {
  /** Where the page is; the other two end in {@code .csv} and {@code .json}. */
  public static final String PATH = "/reports/popular-objects";

  private final ReportSource source;
  private final Clock clock;

  /** Reports of this source; the clock ends windows that are given no end. */
  public ReportPages(ReportSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** All three, in the order in which they are listed. */
  public List<Page> pages() {
    return List.of(
        new Page(PATH, Optional.of("Popular objects"), this::html),
        new Page(PATH + ".csv", Optional.empty(), this::csv),
        new Page(PATH + ".json", Optional.empty(), this::json));
  }

  private Answer html(Map<String, List<String>> parameters) throws IOException {
    List<String> known = source.distributions();
    Asked asked = Asked.parse(parameters, known, clock.instant());
    if (!asked.problems().isEmpty()) {
      return Answer.html(400, OtherPages.problems(asked.problems(), known));
    }
    if (asked.query().isEmpty()) {
      return Answer.html(200, OtherPages.overview(source, known));
    }
    ReportQuery query = asked.query().get();
    Optional<ReportSource.Span> span = source.span(query.distribution());
    return Answer.html(200, HtmlReport.render(source.report(query), asked, known, span));
  }

  private Answer csv(Map<String, List<String>> parameters) throws IOException {
    return machine(
        parameters,
        report ->
            new Answer(
                200,
                "text/csv; charset=utf-8",
                Map.of("Content-Disposition", "attachment; filename=\"" + fileName(report) + "\""),
                CsvReport.render(report, 0)));
  }

  private Answer json(Map<String, List<String>> parameters) throws IOException {
    return machine(
        parameters,
        report -> new Answer(200, "application/json", Map.of(), JsonReport.render(report, 0)));
  }

  @FunctionalInterface
  private interface Renderer {
    Answer render(PopularObjects report);
  }

  private Answer machine(Map<String, List<String>> parameters, Renderer renderer)
      throws IOException {
    List<String> known = source.distributions();
    Asked asked = Asked.parse(parameters, known, clock.instant());
    if (!asked.problems().isEmpty()) {
      return Answer.text(400, String.join("\n", asked.problems()) + "\n" + there(known));
    }
    if (asked.query().isEmpty()) {
      return known.isEmpty()
          ? Answer.text(404, "no log has arrived yet\n")
          : Answer.text(400, "distribution: must be given.\n" + there(known));
    }
    return renderer.render(source.report(asked.query().get()));
  }

  private static String there(List<String> known) {
    return known.isEmpty()
        ? "No log has arrived yet.\n"
        : "Distributions: " + String.join(", ", known) + "\n";
  }

  /** Only what is harmless in a header and on a disk. */
  private static String fileName(PopularObjects report) {
    return "popular-objects-"
        + report.query().distribution().replaceAll("[^A-Za-z0-9_-]", "_")
        + "-"
        + Times.field(report.query().start()).substring(0, 10)
        + ".csv";
  }
}
