package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.core.page.Html;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The table of the page; each header is a link to the same table in its order. */
final class ObjectTable {
  private static final int LONGEST = 90;
  private static final List<Order> AFTER_RATIO =
      List.of(
          Order.HITS,
          Order.MISSES,
          Order.BYTES_FROM_MISSES,
          Order.BYTES,
          Order.INCOMPLETE_DOWNLOADS,
          Order.HTTP_2XX,
          Order.HTTP_3XX,
          Order.HTTP_4XX,
          Order.HTTP_5XX);

  private final StringBuilder html;
  private final PopularObjects report;
  private final Order ranked;
  private final Links links;
  private final boolean changes;

  private ObjectTable(StringBuilder html, PopularObjects report, Links links) {
    this.html = html;
    this.report = report;
    this.ranked = report.query().order();
    this.links = links;
    this.changes = report.before().isPresent();
  }

  static void render(StringBuilder html, PopularObjects report, Links links) {
    new ObjectTable(html, report, links).render();
  }

  private void render() {
    html.append("<section><table class=\"objects\"><thead><tr><th class=\"number\">#</th>")
        .append("<th>Object, with its share of all ")
        .append(Html.escape(Titles.lower(ranked)))
        .append("</th><th class=\"number\">Share</th>");
    if (changes) {
      html.append("<th class=\"number\">Change</th>");
    }
    head(Order.REQUESTS);
    html.append("<th class=\"number\">Hit ratio</th>");
    AFTER_RATIO.forEach(this::head);
    html.append("</tr></thead><tbody>");
    Counts listed = Counts.NONE;
    int rank = 0;
    for (PopularObjects.Entry entry : report.entries()) {
      rank++;
      listed = listed.plus(entry.counts());
      entry(rank, entry);
    }
    html.append("</tbody><tfoot>");
    Counts others = report.totals().minus(listed);
    if (others.get(Column.REQUESTS) > 0) {
      sum("", "All other objects", others);
    }
    sum(" class=\"total\"", "Total", report.totals());
    html.append("</tfoot></table></section>");
  }

  private void head(Order order) {
    html.append("<th class=\"number\"")
        .append(order == ranked ? " aria-sort=\"descending\">" : ">")
        .append("<a href=\"")
        .append(links.order(order))
        .append("\" title=\"Rank by ")
        .append(Titles.lower(order))
        .append("\">")
        .append(shortTitle(order))
        .append(order == ranked ? "&nbsp;&#9662;</a></th>" : "</a></th>");
  }

  private static String shortTitle(Order order) {
    return order == Order.INCOMPLETE_DOWNLOADS ? "Incomplete" : Titles.of(order);
  }

  private void entry(int rank, PopularObjects.Entry entry) {
    long value = ranked.of(entry.counts());
    Optional<BigDecimal> share = Quantity.percent(value, ranked.of(report.totals()), 1);
    String object = ObjectText.visible(entry.object());
    String shown = ObjectText.cut(object, LONGEST, "\u2026");
    html.append("<tr><td class=\"number rank\">")
        .append(rank)
        .append("</td><td class=\"object\"><bdi dir=\"ltr\"")
        .append(shown.equals(object) ? "" : " title=\"" + Html.escape(object) + "\"")
        .append('>')
        .append(Html.escape(shown))
        .append("</bdi><span class=\"bar\"><i style=\"width:")
        .append(share.orElse(BigDecimal.ZERO).toPlainString())
        .append("%\"></i></span></td>");
    cell("Share", share.map(ObjectTable::percent).orElse("&ndash;"));
    if (changes) {
      cell(
          "Change",
          entry.before().isPresent()
              ? Change.of(value, entry.before().getAsLong()).html()
              : "<span class=\"new\">new</span>");
    }
    numbers(entry.counts());
    html.append("</tr>");
  }

  private void sum(String attribute, String title, Counts counts) {
    html.append("<tr")
        .append(attribute)
        .append("><td class=\"rank\"></td><td class=\"object\">")
        .append(title)
        .append("</td>");
    cell(
        "Share",
        Quantity.percent(ranked.of(counts), ranked.of(report.totals()), 1)
            .map(ObjectTable::percent)
            .orElse("&ndash;"));
    if (changes) {
      html.append("<td class=\"none\"></td>");
    }
    numbers(counts);
    html.append("</tr>");
  }

  private void numbers(Counts counts) {
    number(Order.REQUESTS, counts);
    cell(
        "Hit ratio",
        Quantity.percent(counts.get(Column.HITS), counts.get(Column.REQUESTS), 1)
            .map(
                ratio ->
                    "<span><span class=\"meter\"><i style=\"width:"
                        + ratio.toPlainString()
                        + "%\"></i></span>"
                        + percent(ratio)
                        + "</span>")
            .orElse("&ndash;"));
    AFTER_RATIO.forEach(order -> number(order, counts));
  }

  private void cell(String label, String content) {
    html.append("<td class=\"number\" data-label=\"")
        .append(label)
        .append("\">")
        .append(content)
        .append("</td>");
  }

  private void number(Order order, Counts counts) {
    long value = order.of(counts);
    boolean bytes = Quantity.isBytes(order);
    String shown = Quantity.readable(value, bytes);
    boolean mine = ranked.columns().containsAll(order.columns());
    html.append("<td class=\"number")
        .append(mine || order == ranked ? " ranked" : "")
        .append(value == 0 ? " zero" : "")
        .append("\" data-label=\"")
        .append(shortTitle(order))
        .append('"');
    if (!shown.equals(Quantity.grouped(value))) {
      html.append(" title=\"").append(Quantity.grouped(value)).append(bytes ? " bytes\"" : "\"");
    }
    html.append('>').append(shown).append("</td>");
  }

  private static String percent(BigDecimal percent) {
    return percent.toPlainString() + "&nbsp;%";
  }
}
