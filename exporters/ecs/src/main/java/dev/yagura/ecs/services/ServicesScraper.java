package dev.yagura.ecs.services;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Service;
import java.util.List;

/** The services of a cluster and their deployments. */
public final class ServicesScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "services";

  private final String cluster;
  private final EcsApi api;
  private final Inventory inventory;
  private final EventCounter events;
  private final int most;

  /**
   * Asks about one cluster.
   *
   * @param inventory is told the services
   * @param events counts what is said of them
   * @param most services to look at; the first by their ARNs
   */
  public ServicesScraper(
      String cluster, EcsApi api, Inventory inventory, EventCounter events, int most) {
    this.cluster = cluster;
    this.api = api;
    this.inventory = inventory;
    this.events = events;
    this.most = most;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return ServiceFamilies.families();
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<String> arns = api.serviceArns(cluster, deadline).stream().distinct().sorted().toList();
    List<String> looked = arns.subList(0, Math.min(most, arns.size()));
    List<Service> services = api.services(cluster, looked, deadline);
    events.polled(services);
    Snapshot shown = ServiceFamilies.of(services, arns.size() - looked.size());
    inventory.services(
        cluster,
        services.stream().map(Service::withoutEvents).toList(),
        looked.size() < arns.size());
    return shown;
  }
}
