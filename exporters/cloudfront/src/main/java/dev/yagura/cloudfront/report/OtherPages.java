package dev.yagura.cloudfront.report;

import dev.yagura.core.page.Html;
import java.util.List;
import java.util.Optional;

/** What stands at the report's address where there is no report to show. */
final class OtherPages {
  private OtherPages() {}

  /** The distributions there are, to choose one. */
  static String overview(ReportSource source, List<String> known) {
    var html = new StringBuilder(HtmlReport.HEADING);
    if (known.isEmpty()) {
      html.append(noLogYet());
    } else {
      html.append("<p class=\"dim\">Logs of ")
          .append(known.size())
          .append(" distributions have arrived. Which one?</p>");
      list(html, known, Optional.of(source));
    }
    return Html.page("Popular objects", ReportStyle.CSS, html);
  }

  /** What is wrong with the address, and where to go on. */
  static String problems(List<String> problems, List<String> known) {
    var html = new StringBuilder(HtmlReport.HEADING);
    html.append("<section><p class=\"bad state\">This cannot be shown</p><ul>");
    problems.forEach(problem -> html.append("<li>").append(Html.escape(problem)).append("</li>"));
    html.append("</ul></section>");
    if (!known.isEmpty()) {
      html.append("<p class=\"dim\">The report of the last 24 hours:</p>");
      list(html, known, Optional.empty());
    }
    return Html.page("Popular objects", ReportStyle.CSS, html);
  }

  static String noLogYet() {
    return """
        <section class="empty"><p class="state">No log has arrived yet</p>
        <p class="dim">CloudFront delivers logs several times an hour, mostly within an hour of
        the request. The <a href="../">status page</a> says where they are looked for.</p></section>
        """;
  }

  private static void list(StringBuilder html, List<String> known, Optional<ReportSource> source) {
    html.append("<section><ul class=\"choice\">");
    for (String distribution : known) {
      html.append("<li><a href=\"")
          .append(Links.distribution(distribution))
          .append("\">")
          .append(Html.escape(ObjectText.visible(distribution)))
          .append("</a>");
      source
          .flatMap(from -> from.span(distribution))
          .ifPresent(
              span ->
                  html.append("<span class=\"dim\">")
                      .append(Times.minute(span.first()))
                      .append(" to ")
                      .append(Times.minute(span.last().plusSeconds(3600)))
                      .append(" UTC</span>"));
      html.append("</li>");
    }
    html.append("</ul></section>");
  }
}
