package dev.yagura.ecs;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.clusters.ClustersScraper;
import dev.yagura.ecs.events.Listener;
import dev.yagura.ecs.inventory.Cluster;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.tally.Tally;
import dev.yagura.ecs.tasks.UnknownTexts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** One account in one region: its clusters, as they come and go. */
final class PlaceWatch {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration CAPACITY_PROVIDERS_EVERY = Duration.ofMinutes(10);

  private record Up(boolean up) {}

  private static final List<Family<Up>> UP =
      List.of(
          Family.gauge(
              "ecs_up",
              "1 if the clusters of the account and region could be listed the last time, else 0.",
              row -> row.up() ? 1 : 0));

  private final AwsPlace place;
  private final EcsConfig config;
  private final Tally tally;
  private final UnknownTexts unknownTexts;
  private final Clock serverTime;
  private final LongSupplier nanoClock;
  private final Runnable changed;
  private final EcsApi api;
  private final Inventory inventory;
  private final PolledTarget target;

  // Guarded by this.
  private final Map<String, ClusterWatch> byArn = new LinkedHashMap<>();
  private boolean known;

  /**
   * Nothing is asked before its targets are started.
   *
   * @param changed is called when clusters came or went
   */
  PlaceWatch(
      AwsPlace place,
      EcsConfig config,
      Tally tally,
      UnknownTexts unknownTexts,
      Clock serverTime,
      LongSupplier nanoClock,
      Runnable changed) {
    this.place = place;
    this.config = config;
    this.tally = tally;
    this.unknownTexts = unknownTexts;
    this.serverTime = serverTime;
    this.nanoClock = nanoClock;
    this.changed = changed;
    this.api = new EcsApi(place);
    this.inventory = new Inventory(config.maxAge(), nanoClock);
    this.target = new PolledTarget(place.name(), labels(), scrapers(), PlaceWatch::up);
  }

  private ConstantLabels labels() {
    return ConstantLabels.of(Map.of("account", place.account().name(), "region", place.region()));
  }

  private List<Polled> scrapers() {
    List<Polled> all = new ArrayList<>();
    all.add(
        polled(
            new ClustersScraper(api, config.clusters(), config.maxClusters(), this::found),
            config.interval(),
            config.maxAge()));
    return all;
  }

  private Polled polled(Scraper scraper, Duration interval, Duration maxAge) {
    return new Polled(scraper, Schedule.every(interval), maxAge, PATIENCE, nanoClock);
  }

  private void found(List<Cluster> clusters) {
    boolean different;
    synchronized (this) {
      Map<String, String> names =
          clusters.stream().collect(Collectors.toMap(Cluster::arn, Cluster::name));
      different = !byArn.keySet().equals(names.keySet());
      byArn.keySet().retainAll(names.keySet());
      names.forEach((arn, name) -> byArn.computeIfAbsent(arn, made -> watch(name)));
      known = true;
      inventory.clusters(Map.copyOf(names).values().stream().collect(Collectors.toSet()));
    }
    if (different) {
      changed.run();
    }
  }

  private ClusterWatch watch(String cluster) {
    return new ClusterWatch(
        place, cluster, config, api, inventory, tally, unknownTexts, serverTime, nanoClock);
  }

  /** Everything that it and its clusters may emit. */
  List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(target.families());
    all.addAll(UP);
    all.addAll(watch("any").target().families());
    all.addAll(ClusterWatch.countedFamilies());
    return all;
  }

  /** What asks, whatever clusters there are. */
  List<PolledTarget> fixedTargets() {
    return List.of(target);
  }

  /** What asks about the clusters that there are now. */
  synchronized List<PolledTarget> clusterTargets() {
    return byArn.values().stream().map(ClusterWatch::target).toList();
  }

  /** Whether its clusters are known. */
  synchronized boolean isKnown() {
    return known;
  }

  /** Who is told about a cluster. */
  synchronized Optional<Listener> listener(String clusterArn) {
    return Optional.ofNullable(byArn.get(clusterArn)).map(ClusterWatch::listener);
  }

  private static Snapshot up(RunReport report) {
    return report.scrapers().stream()
        .filter(scraper -> scraper.scraper().equals(ClustersScraper.NAME))
        .findFirst()
        .map(scraper -> Snapshot.of(UP, new Up(scraper.cause() == null)))
        .orElse(Snapshot.empty());
  }
}
