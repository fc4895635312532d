package dev.yagura.ecs.capacity;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The capacity providers of an account in a region, whichever clusters use them. Those of ECS
 * Managed Instances belong to one cluster and are not among them.
 */
public final class CapacityProvidersScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "capacity_providers";

  private static final LabelSet<Provider> PROVIDER =
      LabelSet.of("capacity_provider", Provider::name);

  static final List<Family<Provider>> FAMILIES =
      List.of(
          Family.<Provider>info(
                  "ecs_capacity_provider_info",
                  "How a capacity provider is, from status, updateStatus and"
                      + " autoScalingGroupProvider.managedScaling.status of"
                      + " DescribeCapacityProviders.")
              .labels(
                  PROVIDER
                      .and("status", Provider::status)
                      .and("update_status", Provider::updateStatus)
                      .and("managed_scaling", Provider::managedScaling)),
          Family.<Provider>gauge(
                  "ecs_capacity_provider_target_capacity_ratio",
                  "Share of the instances, from 0 to 1, that tasks are to need where ECS scales the"
                      + " Auto Scaling group, from percent in managedScaling.targetCapacity of"
                      + " DescribeCapacityProviders.",
                  Provider::targetCapacity)
              .labels(PROVIDER));

  private final CapacityApi api;

  /** Asks about those of an account in a region. */
  public CapacityProvidersScraper(EcsApi ecs) {
    this.api = new CapacityApi(ecs.client());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<Provider>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    // A page may begin with what the one before ended with, if one was deleted in between.
    Map<String, Provider> byName = new LinkedHashMap<>();
    api.providers(deadline).forEach(provider -> byName.put(provider.name(), provider));
    return Snapshot.of(FAMILIES, List.copyOf(byName.values()));
  }
}
