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
import dev.yagura.ecs.capacity.CapacityProvidersScraper;
import dev.yagura.ecs.clusters.ClustersScraper;
import dev.yagura.ecs.discovery.DefinitionCache;
import dev.yagura.ecs.discovery.DescribedDefinitions;
import dev.yagura.ecs.discovery.DescribedHosts;
import dev.yagura.ecs.discovery.DiscoveryConfig;
import dev.yagura.ecs.discovery.DiscoveryScraper;
import dev.yagura.ecs.discovery.DiscoverySources;
import dev.yagura.ecs.discovery.TargetLists;
import dev.yagura.ecs.environments.EnvironmentsConfig;
import dev.yagura.ecs.environments.EnvironmentsScraper;
import dev.yagura.ecs.events.Listener;
import dev.yagura.ecs.inventory.Cluster;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.loadbalancers.LoadBalancerReaders;
import dev.yagura.ecs.tally.Tally;
import dev.yagura.ecs.tasks.UnknownTexts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
  private final TargetLists lists;
  private final DefinitionCache definitions;
  private final List<PolledTarget> targets = new ArrayList<>();
  private Supplier<Snapshot> shownOfTargets = Snapshot::empty;

  // Guarded by this.
  private final Map<String, ClusterWatch> byArn = new LinkedHashMap<>();
  private boolean known;
  private Set<String> clusterNames = Set.of();

  /**
   * Nothing is asked before its targets are started.
   *
   * @param lists takes what Prometheus is to scrape
   * @param definitions task definitions that were read before
   * @param changed is called when clusters came or went
   */
  PlaceWatch(
      AwsPlace place,
      EcsConfig config,
      Tally tally,
      UnknownTexts unknownTexts,
      TargetLists lists,
      DefinitionCache definitions,
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
    this.lists = lists;
    this.definitions = definitions;
    Optional<LoadBalancerReaders> readers =
        config.loadBalancers().isEmpty() ? Optional.empty() : Optional.of(loadBalancers());
    targets.add(new PolledTarget(place.name(), labels(), scrapers(readers), this::summary));
    readers.ifPresent(each -> targets.add(target(each)));
  }

  private ConstantLabels labels() {
    return ConstantLabels.of(Map.of("account", place.account().name(), "region", place.region()));
  }

  private LoadBalancerReaders loadBalancers() {
    boolean withTags = config.environments().map(EnvironmentsConfig::needsTags).orElse(false);
    return new LoadBalancerReaders(place, config.loadBalancers(), withTags, serverTime);
  }

  /** In a thread of its own, as it waits for its turns nearly all the time. */
  private PolledTarget target(LoadBalancerReaders readers) {
    var loadBalancers = readers.loadBalancers();
    var health = readers.targetHealth();
    return new PolledTarget(
        place.name() + "/load-balancers",
        labels(),
        List.of(
            new Polled(
                loadBalancers,
                loadBalancers.schedule(),
                LoadBalancerReaders.MAX_AGE,
                LoadBalancerReaders.PATIENCE,
                nanoClock),
            new Polled(
                health,
                health.schedule(),
                LoadBalancerReaders.MAX_AGE,
                LoadBalancerReaders.PATIENCE,
                nanoClock)),
        report -> loadBalancers.shown().and(health.shown()));
  }

  private List<Polled> scrapers(Optional<LoadBalancerReaders> readers) {
    List<Polled> all = new ArrayList<>();
    all.add(
        polled(
            new ClustersScraper(api, config.clusters(), config.maxClusters(), this::found),
            config.interval(),
            config.maxAge()));
    all.add(
        polled(
            new CapacityProvidersScraper(api),
            CAPACITY_PROVIDERS_EVERY,
            CAPACITY_PROVIDERS_EVERY.multipliedBy(3)));
    Optional<JoinedEnvironments> environments =
        config
            .environments()
            .flatMap(
                each ->
                    readers.map(
                        known ->
                            new JoinedEnvironments(
                                new EnvironmentsScraper(
                                    each,
                                    known.latest(),
                                    inventory,
                                    serverTime,
                                    EnvironmentsScraper.MAX_ORPHANS),
                                known.latest(),
                                inventory)));
    environments.ifPresent(scraper -> all.add(polled(scraper, config.interval(), config.maxAge())));
    config
        .discovery()
        .ifPresent(
            each -> {
              DiscoveryScraper scraper = discovery(each, environments);
              all.add(
                  new Polled(scraper, scraper.schedule(), config.maxAge(), PATIENCE, nanoClock));
              shownOfTargets = scraper::shown;
            });
    return all;
  }

  private DiscoveryScraper discovery(
      DiscoveryConfig discovery, Optional<JoinedEnvironments> environments) {
    var sources =
        new DiscoverySources(
            new DescribedDefinitions(api, definitions),
            new DescribedHosts(api, place),
            inventory,
            this::clusterNames,
            task -> environments.flatMap(it -> it.of(task.cluster(), task.service())),
            () -> environments.map(JoinedEnvironments::areKnown).orElse(true));
    return new DiscoveryScraper(place, sources, discovery, lists, serverTime, nanoClock);
  }

  private Polled polled(Scraper scraper, Duration interval, Duration maxAge) {
    return new Polled(scraper, Schedule.every(interval), maxAge, PATIENCE, nanoClock);
  }

  private void found(List<Cluster> clusters, boolean leftOut) {
    boolean different;
    synchronized (this) {
      Map<String, String> names =
          clusters.stream().collect(Collectors.toMap(Cluster::arn, Cluster::name));
      different = !byArn.keySet().equals(names.keySet());
      byArn.keySet().retainAll(names.keySet());
      names.forEach((arn, name) -> byArn.computeIfAbsent(arn, made -> watch(name)));
      known = true;
      clusterNames = Set.copyOf(names.values());
      inventory.clusters(clusterNames, leftOut);
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
    List<Family<?>> all = new ArrayList<>(UP);
    targets.forEach(target -> all.addAll(target.families()));
    all.addAll(watch("any").target().families());
    all.addAll(ClusterWatch.countedFamilies());
    return all;
  }

  /** What asks, whatever clusters there are. */
  List<PolledTarget> fixedTargets() {
    return List.copyOf(targets);
  }

  /** What asks about the clusters that there are now. */
  synchronized List<PolledTarget> clusterTargets() {
    return byArn.values().stream().map(ClusterWatch::target).toList();
  }

  String region() {
    return place.region();
  }

  private synchronized Set<String> clusterNames() {
    return clusterNames;
  }

  /** Whether its clusters are known. */
  synchronized boolean isKnown() {
    return known;
  }

  /** Who is told about a cluster. */
  synchronized Optional<Listener> listener(String clusterArn) {
    return Optional.ofNullable(byArn.get(clusterArn)).map(ClusterWatch::listener);
  }

  private Snapshot summary(RunReport report) {
    return up(report).and(shownOfTargets.get());
  }

  private static Snapshot up(RunReport report) {
    return report.scrapers().stream()
        .filter(scraper -> scraper.scraper().equals(ClustersScraper.NAME))
        .findFirst()
        .map(scraper -> Snapshot.of(UP, new Up(scraper.cause() == null)))
        .orElse(Snapshot.empty());
  }
}
