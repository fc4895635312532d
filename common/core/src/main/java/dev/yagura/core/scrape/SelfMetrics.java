package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport.Outcome;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the exporter says about its own scrapes of one target; the same in every exporter. */
final class SelfMetrics {
  private record Run(String exporter, String target, ScraperReport report) {}

  private record Failures(
      String exporter, String target, String scraper, FailureReason reason, long count) {}

  private record Duplicates(String exporter, String target, int rows) {}

  private static final LabelSet<Run> RUN =
      LabelSet.<Run>of("exporter", Run::exporter)
          .and("target", Run::target)
          .and("scraper", run -> run.report().scraper());

  private static final List<Family<Run>> RUNS =
      Family.labelled(
          RUN,
          List.of(
              Family.gauge(
                  "yagura_scrape_success",
                  "Whether this scraper answered in full in this scrape (1) or not (0), in its last"
                      + " refresh where it runs in the background; 1 also where the upstream lacks"
                      + " the feature.",
                  run -> run.report().success() ? 1 : 0),
              Family.gauge(
                  "yagura_scrape_duration_seconds",
                  "Time this scraper took in this scrape, in seconds; in its last refresh where it"
                      + " runs in the background.",
                  run -> run.report().seconds()),
              Family.gauge(
                  "yagura_scrape_unsupported",
                  "1 where the upstream lacks what this scraper asks for, by its version or kind;"
                      + " absent elsewhere.",
                  run -> run.report().outcome() == Outcome.UNSUPPORTED ? 1 : null),
              Family.gauge(
                  "yagura_snapshot_age_seconds",
                  "Age of what is shown of this scraper, which runs in the background, in seconds;"
                      + " absent where it runs in each scrape, and before its first answer.",
                  run -> run.report().poll() == null ? null : run.report().poll().ageSeconds())));

  private static final List<Family<Failures>> FAILURES =
      List.of(
          Family.<Failures>counter(
                  "yagura_scrape_failures_total",
                  "Failed runs of this scraper by reason (timeout, unreachable, denied, throttled,"
                      + " invalid, bug) since the exporter started.",
                  Failures::count)
              .labels(
                  LabelSet.<Failures>of("exporter", Failures::exporter)
                      .and("target", Failures::target)
                      .and("scraper", Failures::scraper)
                      .and("reason", failures -> failures.reason().label())));

  private static final List<Family<Duplicates>> DUPLICATES =
      List.of(
          Family.<Duplicates>gauge(
                  "yagura_scrape_duplicate_rows",
                  "Rows of this scrape that were left out because another row had the same labels.",
                  Duplicates::rows)
              .labels(
                  LabelSet.<Duplicates>of("exporter", Duplicates::exporter)
                      .and("target", Duplicates::target)));

  private final String exporter;
  private final String target;
  private final Map<String, Map<FailureReason, Long>> failures = new TreeMap<>();

  SelfMetrics(String exporter, String target) {
    this.exporter = exporter;
    this.target = target;
  }

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    all.addAll(RUNS);
    all.addAll(FAILURES);
    all.addAll(DUPLICATES);
    return all;
  }

  /** Counts what failed in a run; called once for each run. */
  synchronized void count(RunReport report) {
    for (ScraperReport scraper : report.scrapers()) {
      if (scraper.poll() != null) {
        // It counts for itself: a scrape that finds an old failure is no new one.
        Map<FailureReason, Long> its = new EnumMap<>(FailureReason.class);
        its.putAll(scraper.poll().failures());
        failures.put(scraper.scraper(), its);
        continue;
      }
      FailureReason reason = scraper.reason();
      if (reason != null) {
        failures
            .computeIfAbsent(scraper.scraper(), name -> new EnumMap<>(FailureReason.class))
            .merge(reason, 1L, Long::sum);
      }
    }
  }

  synchronized Snapshot of(RunReport report, int duplicates) {
    List<Failures> counted = new ArrayList<>();
    failures.forEach(
        (scraper, reasons) ->
            reasons.forEach(
                (reason, count) ->
                    counted.add(new Failures(exporter, target, scraper, reason, count))));
    return Snapshot.join(
        List.of(
            Snapshot.of(
                RUNS,
                report.scrapers().stream().map(one -> new Run(exporter, target, one)).toList()),
            Snapshot.of(FAILURES, counted),
            Snapshot.of(DUPLICATES, new Duplicates(exporter, target, duplicates))));
  }
}
