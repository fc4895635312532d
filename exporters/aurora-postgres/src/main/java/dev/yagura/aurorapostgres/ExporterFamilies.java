package dev.yagura.aurorapostgres;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.suite.ReloadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What postgres_exporter says of itself, under its names. */
final class ExporterFamilies {
  private record Run(RunReport report, long scrapes) {
    boolean failed() {
      return !report.reached()
          || report.scrapers().stream().anyMatch(scraper -> !scraper.success());
    }
  }

  private static final List<Family<Run>> RUN =
      List.of(
          Family.gauge(
              "pg_up",
              "Whether this scrape reached the server (1) or not (0).",
              run -> run.report().reached() ? 1 : 0),
          Family.gauge(
              "pg_exporter_last_scrape_duration_seconds",
              "Time this scrape of the server took, in seconds.",
              run -> run.report().seconds()),
          Family.gauge(
              "pg_exporter_last_scrape_error",
              "Whether anything failed in this scrape of the server (1) or nothing did (0).",
              run -> run.failed() ? 1 : 0),
          Family.counter(
              "pg_exporter_scrapes_total",
              "Scrapes of the server since the exporter started.",
              Run::scrapes));

  private static final List<Family<ScraperReport>> COLLECTORS =
      List.of(
          Family.<ScraperReport>gauge(
                  "pg_scrape_collector_duration_seconds",
                  "Time this collector took in this scrape, in seconds.",
                  ScraperReport::seconds)
              .label("collector", ScraperReport::scraper),
          Family.<ScraperReport>gauge(
                  "pg_scrape_collector_success",
                  "Whether this collector answered in full in this scrape (1) or not (0).",
                  report -> report.success() ? 1 : 0)
              .label("collector", ScraperReport::scraper));

  private static final List<Family<ReloadStatus>> RELOAD =
      List.of(
          Family.gauge(
              "postgres_exporter_config_last_reload_successful",
              "Whether the newest attempt to load the configuration was accepted (1) or not (0).",
              status -> status.successful() ? 1 : 0),
          Family.gauge(
              "postgres_exporter_config_last_reload_success_timestamp_seconds",
              "When the configuration that runs was loaded, as a Unix time in seconds.",
              status -> status.lastSuccess().toEpochMilli() / 1000.0));

  private ExporterFamilies() {}

  static List<Family<?>> ofTarget() {
    List<Family<?>> all = new ArrayList<>(RUN);
    all.addAll(COLLECTORS);
    return all;
  }

  static List<Family<?>> ofExporter() {
    return List.copyOf(RELOAD);
  }

  /**
   * Samples about one run.
   *
   * @param collectors the scrapers that postgres_exporter has too
   */
  static Snapshot of(RunReport report, long scrapes, Set<String> collectors) {
    return Snapshot.of(RUN, new Run(report, scrapes))
        .and(
            Snapshot.of(
                COLLECTORS,
                report.scrapers().stream()
                    .filter(scraper -> collectors.contains(scraper.scraper()))
                    .toList()));
  }

  static Snapshot of(ReloadStatus status) {
    return Snapshot.of(RELOAD, status);
  }
}
