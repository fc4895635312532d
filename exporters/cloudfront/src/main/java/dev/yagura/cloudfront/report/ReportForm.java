package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Order;
import dev.yagura.core.page.Html;
import java.util.List;

/** What can be asked: presets as links, the rest as a form that is sent with GET. */
final class ReportForm {
  private ReportForm() {}

  static void render(
      StringBuilder html, ReportQuery query, Asked asked, List<String> known, Links links) {
    html.append("<section><div class=\"presets\">");
    for (Asked.Window window : Asked.Window.values()) {
      if (asked.window().filter(window::equals).isPresent()) {
        html.append("<b aria-current=\"true\">Last ").append(window.title()).append("</b>");
      } else {
        html.append("<a href=\"")
            .append(links.window(window))
            .append("\">Last ")
            .append(window.title())
            .append("</a>");
      }
    }
    if (asked.window().isEmpty()) {
      html.append("<b aria-current=\"true\">From &hellip; to &hellip;</b>");
    }
    html.append("</div><form method=\"get\">");
    distribution(html, query, known);
    // Times that are filled in win over the preset, which is what holds while they are empty.
    asked
        .window()
        .ifPresent(
            window ->
                html.append("<input type=\"hidden\" name=\"window\" value=\"")
                    .append(window.label())
                    .append("\">"));
    boolean preset = asked.window().isPresent();
    time(html, "From (UTC)", "start", preset ? "" : Times.field(query.start()));
    time(html, "To (UTC)", "end", preset ? "" : Times.field(query.end()));
    html.append("<label>Rank by<select name=\"order\">");
    for (Order order : Order.values()) {
      option(html, order.label(), Titles.of(order), order == query.order());
    }
    html.append("</select></label><label>Objects<input type=\"number\" name=\"top\" min=\"1\"")
        .append(" max=\"1000\" value=\"")
        .append(query.top())
        .append("\"></label><button>Show</button></form></section>");
  }

  private static void distribution(StringBuilder html, ReportQuery query, List<String> known) {
    html.append("<label>Distribution<select name=\"distribution\">");
    if (!known.contains(query.distribution())) {
      option(html, query.distribution(), query.distribution(), true);
    }
    for (String distribution : known) {
      option(html, distribution, distribution, distribution.equals(query.distribution()));
    }
    html.append("</select></label>");
  }

  private static void option(StringBuilder html, String value, String title, boolean selected) {
    html.append("<option value=\"")
        .append(Html.escape(value))
        .append(selected ? "\" selected>" : "\">")
        .append(Html.escape(ObjectText.visible(title)))
        .append("</option>");
  }

  private static void time(StringBuilder html, String label, String name, String value) {
    html.append("<label>")
        .append(label)
        .append("<input type=\"datetime-local\" step=\"3600\" name=\"")
        .append(name)
        .append("\" value=\"")
        .append(value)
        .append("\"></label>");
  }
}
