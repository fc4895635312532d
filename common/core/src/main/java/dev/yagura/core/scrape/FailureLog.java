package dev.yagura.core.scrape;

import dev.yagura.core.scrape.RunReport.Outcome;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what changed since the scrape before, and nothing that was said already. */
final class FailureLog {
  private static final Logger logger = LoggerFactory.getLogger(FailureLog.class);
  private static final String TARGET = "the target";

  private final String exporter;
  private final String target;
  private final Map<String, Set<FailureReason>> saidSinceSuccess = new HashMap<>();
  private final Set<String> saidUnsupported = new HashSet<>();

  FailureLog(String exporter, String target) {
    this.exporter = exporter;
    this.target = target;
  }

  synchronized void note(RunReport report) {
    ScrapeException failure = report.failure();
    if (failure != null) {
      failed(TARGET, failure);
      return;
    }
    recovered(TARGET);
    Map<String, List<String>> unsupported = new LinkedHashMap<>();
    for (ScraperReport scraper : report.scrapers()) {
      note(scraper);
      if (scraper.outcome() == Outcome.UNSUPPORTED && saidUnsupported.add(scraper.scraper())) {
        unsupported
            .computeIfAbsent(String.valueOf(scraper.message()), message -> new ArrayList<>())
            .add(scraper.scraper());
      }
    }
    unsupported.forEach(
        (message, scrapers) ->
            logger.info(
                "{} {}: not supported, {}: {}",
                exporter,
                target,
                message,
                String.join(", ", scrapers)));
  }

  private void note(ScraperReport report) {
    if (report.cause() instanceof ScrapeException failure) {
      failed(report.scraper(), failure);
      return;
    }
    recovered(report.scraper());
  }

  private void failed(String what, ScrapeException failure) {
    if (!said(what).add(failure.reason())) {
      return;
    }
    String text = exporter + " " + target + ": " + what + " failed, " + failure.reason().label();
    if (failure.reason() == FailureReason.BUG) {
      logger.error("{}", text, failure);
    } else {
      logger.warn("{}: {}", text, failure.getMessage());
    }
  }

  private void recovered(String what) {
    Set<FailureReason> said = said(what);
    if (!said.isEmpty()) {
      said.clear();
      logger.info("{} {}: {} answers again", exporter, target, what);
    }
  }

  private Set<FailureReason> said(String what) {
    return saidSinceSuccess.computeIfAbsent(what, name -> EnumSet.noneOf(FailureReason.class));
  }
}
