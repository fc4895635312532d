package dev.yagura.core.web;

import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.RunReport.Outcome;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.core.suite.ReloadStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The page {@code /}: each target and scraper with its state and last error. No script. */
final class StatusPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2430; --dim: #5d6b7c; --line: #dfe4ea;
        --paper: #fff; --ground: #f4f6f8; --ok: #1a7f37; --bad: #c62828; --idle: #7a8794;
        --link: #0b57a4; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --dim: #9aa7b5;
        --line: #2c3640; --paper: #171d24; --ground: #0f1419; --ok: #4cc26a; --bad: #ff6b6b;
        --idle: #8592a0; --link: #6cb4ff; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--ground); color: var(--ink);
        font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
      main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
      h1 { font-size: 1.5rem; margin: 0; }
      h2 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
      a { color: var(--link); }
      p { margin: .25rem 0; }
      .dim { color: var(--dim); }
      nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
      section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
        margin-top: 1.25rem; padding: 1rem; overflow-x: auto; }
      header.target { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
      .state { font-weight: 600; white-space: nowrap; }
      .ok { color: var(--ok); } .bad { color: var(--bad); } .idle { color: var(--idle); }
      table { border-collapse: collapse; width: 100%; margin-top: .75rem; }
      th { text-align: left; font-weight: 600; color: var(--dim); font-size: .85rem; }
      th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
        vertical-align: top; }
      td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      td.message { overflow-wrap: anywhere; width: 55%; }
      tr:last-child td { border-bottom: 0; }
      @media (max-width: 40rem) { thead { display: none; }
        tr { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--line); }
        td { border: 0; padding-right: 1rem; } td:first-child { flex: 1; }
        td.message { width: 100%; } td.message:empty { display: none; } }
      """;

  private final String version;
  private final Clock clock;
  private final Instant started;
  private final String metricsPath;

  StatusPage(String version, Clock clock, String metricsPath) {
    this.version = version;
    this.clock = clock;
    this.started = clock.instant();
    this.metricsPath = metricsPath;
  }

  String render(List<Exporter> exporters, ReloadStatus reload) {
    var html = new StringBuilder(16 * 1024);
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<link rel=\"icon\" href=\"data:,\"><title>Yagura</title><style>")
        .append(STYLE)
        .append("</style></head><body><main><h1>Yagura</h1><p class=\"dim\">Version ")
        .append(escape(version))
        .append(", running for ")
        .append(span(Duration.between(started, clock.instant())));
    if (!reload.successful()) {
      html.append(". <strong class=\"bad\">The configuration file is refused; what was loaded ")
          .append(span(Duration.between(reload.lastSuccess(), clock.instant())))
          .append(" ago goes on.</strong>");
    }
    html.append("</p><nav>");
    link(html, metricsPath, "Metrics");
    for (Exporter exporter : exporters) {
      link(html, "/metrics/" + exporter.name(), "Metrics of " + exporter.name() + " alone");
    }
    link(html, "/-/healthy", "Healthy");
    link(html, "/-/ready", "Ready");
    html.append("</nav>");
    exporters.forEach(exporter -> exporter(html, exporter));
    if (exporters.isEmpty()) {
      html.append("<section><p>No exporter is configured.</p></section>");
    }
    return html.append("</main></body></html>\n").toString();
  }

  private void exporter(StringBuilder html, Exporter exporter) {
    for (TargetStatus status : exporter.status()) {
      html.append("<section><header class=\"target\"><h2>")
          .append(escape(exporter.name() + " / " + status.target()))
          .append("</h2>");
      state(html, status);
      html.append("<a href=\"/probe?target=")
          .append(escape(URLEncoder.encode(status.target(), StandardCharsets.UTF_8)))
          .append("\">Probe</a></header>");
      RunReport report = status.report();
      if (report != null) {
        if (report.failure() != null) {
          // One reason for all scrapers: forty rows that repeat it would only bury it.
          html.append("<p class=\"bad\">")
              .append(report.failure().reason().label())
              .append(": ")
              .append(escape(report.failure().getMessage()))
              .append("</p>");
        } else {
          scrapers(html, report);
        }
      }
      html.append("</section>");
    }
  }

  private void state(StringBuilder html, TargetStatus status) {
    RunReport report = status.report();
    Instant finished = status.finished();
    if (report == null || finished == null) {
      html.append("<span class=\"state idle\">Not scraped yet</span>");
      return;
    }
    long failed = report.scrapers().stream().filter(scraper -> !scraper.success()).count();
    if (!report.reached()) {
      html.append("<span class=\"state bad\">Down</span>");
    } else if (failed > 0) {
      html.append("<span class=\"state bad\">Up, ")
          .append(failed)
          .append(failed == 1 ? " scraper fails" : " scrapers fail")
          .append("</span>");
    } else {
      html.append("<span class=\"state ok\">Up</span>");
    }
    html.append("<span class=\"dim\">scraped ")
        .append(span(Duration.between(finished, clock.instant())))
        .append(" ago in ")
        .append(millis(report.seconds()))
        .append("</span>");
  }

  private static void scrapers(StringBuilder html, RunReport report) {
    html.append("<table><thead><tr><th>Scraper</th><th>State</th><th>Time</th>")
        .append("<th>Last error</th></tr></thead><tbody>");
    // What fails stands first: it is what one opens this page for.
    for (Outcome outcome : List.of(Outcome.FAILED, Outcome.SUCCESS, Outcome.UNSUPPORTED)) {
      for (ScraperReport scraper : report.scrapers()) {
        if (scraper.outcome() == outcome) {
          scraper(html, scraper);
        }
      }
    }
    html.append("</tbody></table>");
  }

  private static void scraper(StringBuilder html, ScraperReport scraper) {
    String style =
        switch (scraper.outcome()) {
          case SUCCESS -> "ok";
          case UNSUPPORTED -> "idle";
          case FAILED -> "bad";
        };
    String state =
        switch (scraper.outcome()) {
          case SUCCESS -> "ok";
          case UNSUPPORTED -> "not supported";
          case FAILED -> scraper.reason() == null ? "failed" : scraper.reason().label();
        };
    html.append("<tr><td>")
        .append(escape(scraper.scraper()))
        .append("</td><td class=\"")
        .append(style)
        .append("\">")
        .append(state)
        .append("</td><td class=\"number\">")
        .append(millis(scraper.seconds()))
        .append("</td><td class=\"message ")
        .append(scraper.success() ? "dim" : "")
        .append("\">")
        .append(escape(scraper.message()))
        .append("</td></tr>");
  }

  private static void link(StringBuilder html, String path, String text) {
    html.append("<a href=\"")
        .append(escape(path))
        .append("\">")
        .append(escape(text))
        .append("</a>");
  }

  private static String millis(double seconds) {
    return String.format(Locale.ROOT, "%.1f&nbsp;ms", seconds * 1000);
  }

  private static String span(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }

  private static String escape(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
