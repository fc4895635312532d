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

  private final EnvironmentNames names;
  private final LatestLoadBalancing latest;
  private final Inventory inventory;
  private final Clock clock;
  private final int maxEnvironments;
  private final int maxOrphans;
  private final OrphanWatch watch = new OrphanWatch();

  /**
   * Joins what these know.
   *
   * @param clock that AWS would agree with
   */
  public EnvironmentsScraper(
      EnvironmentNames names,
      LatestLoadBalancing latest,
      Inventory inventory,
      Clock clock,
      int maxEnvironments,
      int maxOrphans) {
    this.names = names;
    this.latest = latest;
    this.inventory = inventory;
    this.clock = clock;
    this.maxEnvironments = maxEnvironments;
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
    Instant now = clock.instant();
    LoadBalancing view = view(now);
    Optional<List<Service>> all = inventory.allServices();
    var services = new ServicesByGroup(all.orElseGet(inventory::services));
    var join = new EnvironmentJoin(view, services, all.isPresent(), names);
    List<Environment> environments = join.environments();
    List<EnvironmentFamilies.Row> shown =
        environments.stream()
            .limit(maxEnvironments)
            .map(
                each ->
                    new EnvironmentFamilies.Row(
                        each, each.isUp(view, now), each.targets(view, now)))
            .toList();
    Map<OrphanKind, List<Orphan>> orphans =
        new OrphanSearch(view, all, services, names, join, now).orphans(environments);
    watch.see(orphans, now);
    Integer count = view.hasAllRules() ? environments.size() : null;
    return EnvironmentFamilies.snapshot(shown, services, count, environments.size() - shown.size())
        .and(OrphanFamilies.snapshot(orphans, watch, maxOrphans, now));
  }

  private LoadBalancing view(Instant now) throws ScrapeException {
    LoadBalancing view =
        latest
            .view()
            .orElseThrow(
                () ->
                    new ScrapeException(
                        FailureReason.UNREACHABLE, "the load balancers are not known yet"));
    Duration age = Duration.between(view.readAt(), now);
    if (age.compareTo(LoadBalancerReaders.MAX_AGE) > 0) {
      throw new ScrapeException(
          FailureReason.UNREACHABLE,
          "the load balancers were last read " + age.toMinutes() + " minutes ago");
    }
    return view;
  }
}
