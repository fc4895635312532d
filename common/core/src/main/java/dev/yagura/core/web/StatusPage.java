package dev.yagura.core.web;

import dev.yagura.core.page.Html;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Page;
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
import java.util.Objects;

/** The page {@code /}: each target and scraper with its state and last error. No script. */
final class StatusPage {
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
    html.append("<h1>Yagura</h1><p class=\"dim\">Version ")
        .append(Html.escape(version))
        .append(", running for ")
        .append(span(Duration.between(started, clock.instant())));
    if (!reload.successful()) {
      html.append(". <strong class=\"bad\">The configuration file is refused; what was loaded ")
          .append(span(Duration.between(reload.lastSuccess(), clock.instant())))
          .append(" ago goes on.</strong>");
    }
    html.append("</p><nav>");
    for (Exporter exporter : exporters) {
      for (Page page : exporter.pages()) {
        page.title().ifPresent(title -> link(html, page.path(), title));
      }
    }
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
    return Html.page("Yagura", "", html);
  }

  private void exporter(StringBuilder html, Exporter exporter) {
    exporter.notes().forEach(note -> note(html, exporter.name(), note));
    for (TargetStatus status : exporter.status()) {
      html.append("<section><header class=\"target\"><h2>")
          .append(Html.escape(exporter.name() + " / " + status.target()))
          .append("</h2>");
      state(html, status);
      html.append("<a href=\"/probe?target=")
          .append(Html.escape(URLEncoder.encode(status.target(), StandardCharsets.UTF_8)))
          .append("\">Probe</a></header>");
      RunReport report = status.report();
      if (report != null) {
        if (report.failure() != null) {
          // One reason for all scrapers: forty rows that repeat it would only bury it.
          html.append("<p class=\"bad\">")
              .append(report.failure().reason().label())
              .append(": ")
              .append(Html.escape(report.failure().getMessage()))
              .append("</p>");
        } else {
          scrapers(html, report);
        }
      }
      html.append("</section>");
    }
  }

  private static void note(StringBuilder html, String exporter, Note note) {
    html.append("<section><header class=\"target\"><h2>")
        .append(Html.escape(exporter + " / " + note.title()))
        .append("</h2><span class=\"state ")
        .append(note.state().name().toLowerCase(Locale.ROOT))
        .append("\">")
        .append(Html.escape(note.text()))
        .append("</span></header>");
    if (!note.rows().isEmpty()) {
      html.append("<table class=\"note\"><tbody>");
      for (Note.Row row : note.rows()) {
        html.append("<tr><td class=\"dim\">")
            .append(Html.escape(row.name()))
            .append("</td><td>")
            .append(Html.escape(row.value()))
            .append("</td></tr>");
      }
      html.append("</tbody></table>");
    }
    html.append("</section>");
  }

  private void state(StringBuilder html, TargetStatus status) {
    RunReport report = status.report();
    Instant finished = status.finished();
    if (report == null) {
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
    if (finished == null) {
      html.append("<span class=\"dim\">asked in the background</span>");
      return;
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
        .append(Html.escape(scraper.scraper()))
        .append("</td><td class=\"")
        .append(style)
        .append("\">")
        .append(state)
        .append("</td><td class=\"number\">")
        .append(millis(scraper.seconds()))
        .append("</td><td class=\"message ")
        .append(scraper.success() ? "dim" : "")
        .append("\">")
        .append(Html.escape(message(scraper)))
        .append("</td></tr>");
  }

  private static String message(ScraperReport scraper) {
    Double age = scraper.poll() == null ? null : scraper.poll().ageSeconds();
    String shown = age == null ? "" : "of " + span(Duration.ofSeconds(age.longValue())) + " ago";
    String message = scraper.message();
    return message == null || shown.isEmpty()
        ? Objects.requireNonNullElse(message, shown)
        : message + "; what is shown is " + shown;
  }

  private static void link(StringBuilder html, String path, String text) {
    html.append("<a href=\"")
        .append(Html.escape(path))
        .append("\">")
        .append(Html.escape(text))
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
}
