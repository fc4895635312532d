package dev.yagura.cloudwatch;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsAccount;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.cloudwatch.CounterStore;
import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.state.StateException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What CloudWatch knows, asked in the background when it has something new. A scrape asks nobody. A
 * target is an account in a region.
 */
public final class CloudWatchExporter implements Exporter {
  /** Its name in paths and labels. */
  public static final String NAME = "cloudwatch";

  /** Where it listens by itself. */
  public static final int DEFAULT_PORT = 19105;

  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final List<PolledTarget> polled = new ArrayList<>();
  private final List<Family<?>> families;
  private final TargetGroup targets;
  private final CounterStore store;

  /**
   * Makes ready what is configured; nothing is asked before its targets are started.
   *
   * @param store is closed with it
   * @param clock tells when a scrape ended, for people
   * @param nanoClock counts nanoseconds
   * @throws IllegalArgumentException if no region is known; the message says what to do
   */
  CloudWatchExporter(
      CloudWatchConfig config, Aws aws, CounterStore store, Clock clock, LongSupplier nanoClock) {
    this.store = store;
    List<Family<?>> all = new ArrayList<>();
    setsByPlace(config, aws)
        .forEach(
            (place, sets) -> {
              var target = new CloudWatchTarget(place, sets, aws, store, nanoClock);
              polled.add(target.polled());
              all.addAll(target.polled().families());
            });
    this.families = all;
    this.targets = new TargetGroup(NAME, polled, nanoClock, clock);
  }

  /**
   * Opens the state folder, where there is one, and begins to ask.
   *
   * @throws StateException if the folder cannot be used
   * @throws IllegalArgumentException if no region is known; the message says what to do
   */
  public static CloudWatchExporter started(CloudWatchConfig config, Aws aws) throws StateException {
    Clock clock = aws.use().clock();
    CounterStore store =
        config.stateDir().isPresent()
            ? CounterStore.in(config.stateDir().get(), clock)
            : CounterStore.none();
    try {
      var exporter = new CloudWatchExporter(config, aws, store, clock, aws.use().nanoClock());
      exporter.polled.forEach(PolledTarget::start);
      return exporter;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** What is in one region only is asked there, once an account. */
  private static Map<AwsPlace, List<MetricSet>> setsByPlace(CloudWatchConfig config, Aws aws) {
    Map<AwsPlace, List<MetricSet>> byPlace = new LinkedHashMap<>();
    for (AwsPlace place : aws.places()) {
      for (MetricSet set : config.sets()) {
        if (set.region().isEmpty()) {
          byPlace.computeIfAbsent(place, key -> new ArrayList<>()).add(set);
        }
      }
    }
    for (AwsAccount account : aws.accounts()) {
      for (MetricSet set : config.sets()) {
        set.region()
            .map(region -> new AwsPlace(account, region))
            .ifPresent(place -> byPlace.computeIfAbsent(place, key -> new ArrayList<>()).add(set));
      }
    }
    return byPlace;
  }

  /** The targets, for one who polls them by hand. */
  List<PolledTarget> polled() {
    return List.copyOf(polled);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(families);
    all.addAll(targets.families());
    return all;
  }

  @Override
  public List<String> scrapers() {
    return targets.scrapers();
  }

  @Override
  public Duration budget() {
    return BUDGET;
  }

  @Override
  public boolean hasTarget(String target) {
    return targets.has(target);
  }

  @Override
  public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
    return targets.start(target, selection, deadline);
  }

  @Override
  public List<TargetStatus> status() {
    return targets.status();
  }

  @Override
  public void close() {
    targets.close();
    store.close();
  }
}
