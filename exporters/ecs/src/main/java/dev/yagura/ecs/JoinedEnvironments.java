package dev.yagura.ecs;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.environments.EnvironmentsScraper;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.loadbalancers.LatestLoadBalancing;
import dev.yagura.ecs.loadbalancers.LoadBalancing;
import java.util.List;
import java.util.Optional;

/**
 * The environments of a place, and whether they were ever joined with all that they are made of.
 */
final class JoinedEnvironments implements Scraper {
  private final EnvironmentsScraper scraper;
  private final LatestLoadBalancing loadBalancers;
  private final Inventory inventory;
  private volatile boolean known;

  JoinedEnvironments(
      EnvironmentsScraper scraper, LatestLoadBalancing loadBalancers, Inventory inventory) {
    this.scraper = scraper;
    this.loadBalancers = loadBalancers;
    this.inventory = inventory;
  }

  @Override
  public String name() {
    return scraper.name();
  }

  @Override
  public List<Family<?>> families() {
    return scraper.families();
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException {
    boolean whole =
        loadBalancers.view().map(LoadBalancing::hasAllRules).orElse(false)
            && inventory.allServices().isPresent();
    Snapshot joined = scraper.scrape(deadline);
    if (whole) {
      known = true;
    }
    return joined;
  }

  /** Whether a service without an environment has none. */
  boolean areKnown() {
    return known;
  }

  /** The environment that a service is part of, as of the last look. */
  Optional<String> of(String cluster, String service) {
    return scraper.of(cluster, service);
  }
}
