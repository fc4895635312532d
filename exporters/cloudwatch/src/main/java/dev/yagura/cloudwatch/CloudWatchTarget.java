package dev.yagura.cloudwatch;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.cloudwatch.CounterStore;
import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.SetPoller;
import dev.yagura.cloudwatch.tags.TagsScraper;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.scrape.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** One account in one region: a scraper a set, on one client. */
final class CloudWatchTarget {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration TAGS_EVERY = Duration.ofMinutes(15);

  /** What is shown has its own age: see {@link SetPoller#shown}. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private final List<SetPoller> pollers = new ArrayList<>();
  private final PolledTarget polled;

  CloudWatchTarget(
      AwsPlace place,
      List<MetricSet> sets,
      List<String> tags,
      Aws aws,
      CounterStore store,
      LongSupplier nanoClock) {
    List<Polled> scrapers = new ArrayList<>();
    for (MetricSet set : sets) {
      var poller =
          new SetPoller(set, place, aws.budget(), aws.use().meter(), store, aws.use().serverTime());
      pollers.add(poller);
      scrapers.add(new Polled(poller, poller.schedule(), FOR_EVER, PATIENCE, nanoClock));
    }
    Set<String> names = sets.stream().map(MetricSet::name).collect(Collectors.toSet());
    if (!tags.isEmpty() && TagsScraper.hasAny(names)) {
      scrapers.add(
          new Polled(
              new TagsScraper(place, names, tags),
              Schedule.every(TAGS_EVERY),
              TAGS_EVERY.multipliedBy(4),
              PATIENCE,
              nanoClock));
    }
    var labels =
        ConstantLabels.of(Map.of("account", place.account().name(), "region", place.region()));
    polled = new PolledTarget(place.name(), labels, scrapers, this::shown);
  }

  PolledTarget polled() {
    return polled;
  }

  private Snapshot shown(RunReport report) {
    Set<String> wanted =
        report.scrapers().stream().map(ScraperReport::scraper).collect(Collectors.toSet());
    return Snapshot.join(
        pollers.stream()
            .filter(poller -> wanted.contains(poller.name()))
            .map(SetPoller::shown)
            .toList());
  }
}
