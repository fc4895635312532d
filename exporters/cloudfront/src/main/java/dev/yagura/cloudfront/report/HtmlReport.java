package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.core.page.Html;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The page: what was asked, the totals, the table. It works without script and has none. */
final class HtmlReport {
  static final String HEADING =
      "<p class=\"crumb\"><a href=\"../\">Yagura</a></p><h1>Popular objects</h1>";

  private final PopularObjects report;
  private final ReportQuery query;
  private final Links links;
  private final StringBuilder html = new StringBuilder(64 * 1024);

  private HtmlReport(PopularObjects report, Asked asked) {
    this.report = report;
    this.query = report.query();
    this.links = new Links(query, asked.window());
  }

  /**
   * Renders it.
   *
   * @param known the distributions that can be chosen
   * @param span the hours that are kept of this one
   */
  static String render(
      PopularObjects report, Asked asked, List<String> known, Optional<ReportSource.Span> span) {
    var page = new HtmlReport(report, asked);
    page.heading();
    ReportForm.render(page.html, report.query(), asked, known, page.links);
    asked.notes().forEach(page::note);
    span.filter(kept -> kept.first().isAfter(report.query().start()))
        .filter(kept -> !report.entries().isEmpty())
        .ifPresent(
            kept ->
                page.note("The first hour that is kept begins " + Times.iso(kept.first()) + "."));
    if (report.newestEvent().isEmpty()) {
      page.html.append(OtherPages.noLogYet());
    } else if (report.entries().isEmpty()) {
      page.nothingInThisWindow(report.newestEvent().get());
    } else {
      page.tiles();
      ObjectTable.render(page.html, report, page.links);
      page.footer();
    }
    return Html.page(
        "Popular objects of " + ObjectText.visible(report.query().distribution()),
        ReportStyle.CSS,
        page.html);
  }

  private void heading() {
    html.append(HEADING)
        .append("<p class=\"what\"><b><bdi>")
        .append(Html.escape(ObjectText.visible(query.distribution())))
        .append("</bdi></b>");
    report
        .friendlyName()
        .ifPresent(name -> html.append(" &middot; ").append(Html.escape(ObjectText.visible(name))));
    html.append(" &middot; ")
        .append(Times.minute(query.start()))
        .append(" to ")
        .append(Times.minute(query.end()))
        .append(" UTC &middot; ranked by <b>")
        .append(Html.escape(Titles.lower(query.order())))
        .append("</b></p>");
  }

  private void note(String text) {
    html.append("<p class=\"note\">").append(Html.escape(text)).append("</p>");
  }

  private void nothingInThisWindow(Instant newest) {
    Instant end = Times.hourAtOrAfter(newest.plusNanos(1));
    html.append("<section class=\"empty\"><p class=\"state\">No request in this window</p>")
        .append("<p class=\"dim\">Logs have arrived; the newest request known is of ")
        .append(Times.minute(newest))
        .append(" UTC. <a href=\"")
        .append(links.between(end.minus(Duration.ofDays(1)), end))
        .append("\">Show the 24 hours up to it</a>.</p></section>");
  }

  private void tiles() {
    html.append("<div class=\"tiles\">");
    tile(Order.REQUESTS);
    hitRatio();
    tile(Order.BYTES_FROM_MISSES);
    tile(Order.BYTES);
    tile(Order.ERRORS);
    html.append("</div>");
  }

  private void tile(Order order) {
    long value = order.of(report.totals());
    boolean bytes = Quantity.isBytes(order);
    html.append("<section><div class=\"dim small\">")
        .append(Html.escape(Titles.of(order)))
        .append("</div><div class=\"value\" title=\"")
        .append(Quantity.grouped(value))
        .append(bytes ? " bytes\">" : "\">")
        .append(Quantity.readable(value, bytes))
        .append("</div><div class=\"dim small\">")
        .append(report.before().map(before -> was(value, order.of(before), bytes)).orElse("&nbsp;"))
        .append("</div></section>");
  }

  private static String was(long value, long before, boolean bytes) {
    return Change.of(value, before).html() + ", was " + Quantity.readable(before, bytes);
  }

  private void hitRatio() {
    Counts totals = report.totals();
    html.append("<section><div class=\"dim small\">Hit ratio</div><div class=\"value\" title=\"")
        .append(Quantity.grouped(totals.get(Column.HITS)))
        .append(" hits of ")
        .append(Quantity.grouped(totals.get(Column.REQUESTS)))
        .append(" requests\">")
        .append(hitPercent(totals))
        .append("</div><div class=\"dim small\">")
        .append(report.before().map(before -> "was " + hitPercent(before)).orElse("&nbsp;"))
        .append("</div></section>");
  }

  private static String hitPercent(Counts counts) {
    return Quantity.percent(counts.get(Column.HITS), counts.get(Column.REQUESTS), 1)
        .map(percent -> percent.toPlainString() + "&nbsp;%")
        .orElse("&ndash;");
  }

  private void footer() {
    html.append("<p class=\"row\"><span>These rows as <a href=\"")
        .append(links.file("csv"))
        .append("\">CSV</a> or <a href=\"")
        .append(links.file("json"))
        .append("\">JSON</a></span><span class=\"dim\">")
        .append(Html.escape(bound()))
        .append("</span></p>")
        .append("<p class=\"dim small\">Made ")
        .append(Times.minute(report.generated()))
        .append(" UTC");
    report
        .newestEvent()
        .ifPresent(
            newest ->
                html.append(" from requests up to ").append(Times.minute(newest)).append(" UTC"));
    html.append(". Logs of the newest hours may still be on their way, for up to a day.</p>")
        .append(DEFINITIONS);
  }

  private String bound() {
    if (report.bound() == 0) {
      return "Every number is exact.";
    }
    return "More objects were asked for than are kept: any object, listed or not, may have up to "
        + Quantity.readable(report.bound(), Quantity.isBytes(query.order()))
        + (Quantity.isBytes(query.order()) ? "" : " " + Titles.unit(query.order()))
        + " more than shown. The totals are exact.";
  }

  private static final String DEFINITIONS =
      """
      <details><summary>What the columns mean</summary><dl class="small">
      <dt>Requests</dt><dd>Lines of the log, whatever the method.</dd>
      <dt>Hits, misses</dt><dd>x-edge-response-result-type is Hit, or Miss. A RefreshHit, an error
      or a redirect is neither, so they need not add up to the requests.</dd>
      <dt>Hit ratio</dt><dd>Hits of all requests.</dd>
      <dt>Bytes from misses</dt><dd>Sum of sc-bytes where x-edge-result-type is Miss: about what
      was fetched from the origin. It is another field than that of misses: a miss whose viewer
      hung up is a miss and has no bytes here.</dd>
      <dt>Bytes</dt><dd>Sum of sc-bytes, headers included.</dd>
      <dt>Incomplete</dt><dd>Status 200 and x-edge-result-type Error: the viewer went away.</dd>
      <dt>Change</dt><dd>Of the ranked column, against the window of the same length just before.
      &ldquo;New&rdquo; was not among the objects kept in that one.</dd>
      </dl></details>
      """;
}
