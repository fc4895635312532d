package dev.yagura.ecs.environments;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.loadbalancers.LatestLoadBalancing;
import dev.yagura.ecs.loadbalancers.LoadBalancerReaders;
import dev.yagura.ecs.loadbalancers.LoadBalancing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environments of a place, from what is known of its load balancers and services: it asks AWS
 * nothing.
 */
public final class EnvironmentsScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "environments";

  /** Orphans that have series of their own. */
  public static final int MAX_ORPHANS = 500;

  private final EnvironmentsConfig config;
  private final LatestLoadBalancing latest;
  private final Inventory inventory;
  private final Clock clock;
  private final int maxOrphans;
  private final OrphanWatch watch = new OrphanWatch();
  private volatile Map<ServiceName, String> byService = Map.of();

  private record ServiceName(String cluster, String service) {}

  /**
   * Joins what these know.
   *
   * @param clock that AWS would agree with
   */
  public EnvironmentsScraper(
      EnvironmentsConfig config,
      LatestLoadBalancing latest,
      Inventory inventory,
      Clock clock,
      int maxOrphans) {
    this.config = config;
    this.latest = latest;
    this.inventory = inventory;
    this.clock = clock;
    this.maxOrphans = maxOrphans;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(EnvironmentFamilies.all());
    all.addAll(OrphanFamilies.all());
    return all;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException {
    Optional<LoadBalancing> known = latest.view();
    if (known.isEmpty()) {
      return Snapshot.empty(); // The scraper of the load balancers tells why.
    }
    Instant now = clock.instant();
    LoadBalancing view = known.get();
    refuseIfOld(view, now);
    boolean whole = inventory.isWhole();
    Optional<List<Service>> all = inventory.allServices();
    var services = new ServicesByGroup(all.orElseGet(inventory::services));
    var join = new EnvironmentJoin(view, services, all.isPresent(), config);
    List<Environment> environments = join.environments();
    byService = byService(environments);
    List<EnvironmentFamilies.Row> shown =
        environments.stream()
            .limit(config.maxEnvironments())
            .map(
                each ->
                    new EnvironmentFamilies.Row(
                        each, each.isUp(view, now), each.targets(view, now)))
            .toList();
    Map<OrphanKind, List<Orphan>> orphans =
        new OrphanSearch(view, all, whole, services, config.names(), join, now)
            .orphans(environments);
    watch.see(orphans, now);
    Integer count = view.hasAllRules() && join.hasAllNames() ? environments.size() : null;
    return EnvironmentFamilies.snapshot(shown, services, count, environments.size() - shown.size())
        .and(OrphanFamilies.snapshot(orphans, watch, maxOrphans, now));
  }

  /** The environment that a service is part of, as of the last look. */
  public Optional<String> of(String cluster, String service) {
    return Optional.ofNullable(byService.get(new ServiceName(cluster, service)));
  }

  private static Map<ServiceName, String> byService(List<Environment> environments) {
    Map<ServiceName, String> names = new HashMap<>();
    for (Environment environment : environments) {
      for (Service service : environment.services()) {
        names.putIfAbsent(new ServiceName(service.cluster(), service.name()), environment.name());
      }
    }
    return Map.copyOf(names);
  }

  private static void refuseIfOld(LoadBalancing view, Instant now) throws ScrapeException {
    Duration age = Duration.between(view.readAt(), now);
    if (age.compareTo(LoadBalancerReaders.MAX_AGE) > 0) {
      throw new ScrapeException(
          FailureReason.UNREACHABLE,
          "the load balancers were last read " + age.toMinutes() + " minutes ago");
    }
  }
}
