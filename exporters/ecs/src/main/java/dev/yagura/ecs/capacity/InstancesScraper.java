package dev.yagura.ecs.capacity;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The container instances of a cluster; one without any, such as with Fargate, shows none. */
public final class InstancesScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "instances";

  /** How many are shown. */
  public static final int MAX_INSTANCES = 1_000;

  private final CapacityApi api;
  private final String cluster;
  private final int maxInstances;

  /**
   * Asks about this cluster.
   *
   * @param maxInstances that are shown at most; of the others there is only a number
   */
  public InstancesScraper(EcsApi ecs, String cluster, int maxInstances) {
    this.api = new CapacityApi(ecs.client());
    this.cluster = cluster;
    this.maxInstances = maxInstances;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(InstanceFamilies.ALL);
    all.add(InstanceFamilies.LEFT_OUT);
    return all;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<String> arns = api.instanceArns(cluster, deadline);
    List<String> shown = shown(arns, maxInstances);
    List<Instance> instances = api.instances(cluster, shown, deadline);
    return Snapshot.of(InstanceFamilies.ALL, newest(instances))
        .and(Snapshot.of(List.of(InstanceFamilies.LEFT_OUT), arns.size() - shown.size()));
  }

  /** As many as are shown, and the same ones in whichever order they are listed. */
  static List<String> shown(List<String> arns, int max) {
    return arns.stream().sorted().limit(max).toList();
  }

  /** One that was registered again is there once. */
  static List<Instance> newest(List<Instance> instances) {
    Map<String, Instance> byId = new LinkedHashMap<>();
    for (Instance instance : instances) {
      byId.merge(instance.id(), instance, (one, other) -> other.isNewerThan(one) ? other : one);
    }
    return List.copyOf(byId.values());
  }
}
