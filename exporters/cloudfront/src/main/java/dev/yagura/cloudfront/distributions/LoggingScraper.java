package dev.yagura.cloudfront.distributions;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which distributions are logged, and whose logs never arrive. A distribution is asked for again
 * when its configuration has changed.
 */
final class LoggingScraper implements Scraper {
  static final String NAME = "distribution_logging";

  private static final String V1 = "v1";

  private record Row(String distribution, StandardLogging logging, Optional<Boolean> missing) {}

  private static final List<Family<Row>> ENABLED =
      List.of(
          Family.<Row>gauge(
                  "cloudfront_distribution_logging_enabled",
                  "Whether standard logging of this version is on (1) or off (0), by"
                      + " Logging.Enabled of GetDistributionConfig, as last polled; only v1 is told"
                      + " there, so v2 is absent.",
                  row -> row.logging().enabled() ? 1 : 0)
              .labels(LabelSet.of("distribution", Row::distribution).and("version", row -> V1)));

  private static final List<Family<Row>> INFO =
      List.of(
          Family.<Row>info(
                  "cloudfront_distribution_logging_info",
                  "Where standard logs of v1 go, by Logging.Bucket and Logging.Prefix of"
                      + " GetDistributionConfig, as last polled; 1.")
              .labels(
                  LabelSet.of("distribution", Row::distribution)
                      .and("bucket", row -> row.logging().bucket())
                      .and("prefix", row -> row.logging().prefix())));

  private static final List<Family<Row>> MISSING =
      List.of(
          Family.<Row>gauge(
                  "cloudfront_distribution_logs_missing",
                  "1 where standard logging v1 is on by GetDistributionConfig and the distribution"
                      + " enabled by ListDistributions, but no request of the last"
                      + " logs_expected_within was counted from its logs; 0 where one was; absent"
                      + " where it cannot be told; as last polled.",
                  LoggingScraper::missing)
              .label("distribution", Row::distribution));

  private static @Nullable Number missing(Row row) {
    return row.missing().map(missing -> missing ? 1 : 0).orElse(null);
  }

  private record Known(String version, StandardLogging logging) {}

  private final Inventory inventory;
  private final CloudFrontApi api;
  private final Duration logsExpectedWithin;
  private final Supplier<Optional<LogArrivals>> arrivals;
  private final Clock clock;
  private final Map<String, Known> byId = new HashMap<>();

  /**
   * A scraper.
   *
   * @param arrivals gives nothing while logs are not counted, or not all of them
   */
  LoggingScraper(
      Inventory inventory,
      CloudFrontApi api,
      Duration logsExpectedWithin,
      Supplier<Optional<LogArrivals>> arrivals,
      Clock clock) {
    this.inventory = inventory;
    this.api = api;
    this.logsExpectedWithin = logsExpectedWithin;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return declared();
  }

  static List<Family<?>> declared() {
    List<Family<?>> all = new ArrayList<>();
    List.of(ENABLED, INFO, MISSING).forEach(all::addAll);
    return all;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    Optional<MissingLogs> missing =
        arrivals.get().map(logs -> new MissingLogs(logsExpectedWithin, logs, clock.instant()));
    List<Row> rows = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (ListedDistribution one : inventory.newest()) {
      listed.add(one.id());
      logging(one, deadline)
          .ifPresent(
              logging ->
                  rows.add(
                      new Row(one.id(), logging, missing.flatMap(logs -> logs.of(one, logging)))));
    }
    byId.keySet().retainAll(listed);
    return Snapshot.join(
        List.of(
            Snapshot.of(ENABLED, rows),
            Snapshot.of(INFO, rows.stream().filter(row -> row.logging().enabled()).toList()),
            Snapshot.of(MISSING, rows)));
  }

  private Optional<StandardLogging> logging(ListedDistribution one, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Known known = byId.get(one.id());
    if (known != null && known.version().equals(one.version())) {
      return Optional.of(known.logging());
    }
    Discovery.checkTime(deadline, "cloudfront:GetDistributionConfig");
    Optional<StandardLogging> fresh = api.logging(one.id());
    // What was read is kept whatever becomes of the others, so that the next attempt goes on here.
    fresh.ifPresent(logging -> byId.put(one.id(), new Known(one.version(), logging)));
    return fresh;
  }
}
