package dev.yagura.ecs.clusters;

import dev.yagura.core.config.Glob;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.inventory.Cluster;
import java.util.ArrayList;
import java.util.List;

/** The clusters of an account in a region. */
public final class ClustersScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "clusters";

  private record Total(int clusters, int leftOut) {}

  /** Is told what there is, at each answer. */
  @FunctionalInterface
  public interface Listener {
    /**
     * These are to be watched.
     *
     * @param leftOut whether there are others
     */
    void found(List<Cluster> clusters, boolean leftOut);
  }

  /** As slok/ecs-exporter names them, where it does. */
  private static final List<Family<Total>> TOTALS =
      List.of(
          Family.gauge(
              "ecs_clusters",
              "Active clusters that are watched, from DescribeClusters.",
              Total::clusters),
          Family.gauge(
              "ecs_clusters_left_out",
              "Clusters that are configured and not watched, because there are more than"
                  + " max_clusters.",
              Total::leftOut));

  private static final List<Family<Cluster>> CLUSTERS =
      Family.labelled(
          LabelSet.of("cluster", Cluster::name),
          List.of(
              Family.gauge(
                  "ecs_services",
                  "Active services of the cluster, from activeServicesCount of DescribeClusters.",
                  Cluster::services),
              Family.gauge(
                  "ecs_container_instances",
                  "Container instances of the cluster, from registeredContainerInstancesCount of"
                      + " DescribeClusters; Fargate has none.",
                  Cluster::containerInstances),
              Family.gauge(
                  "ecs_cluster_running_tasks",
                  "Tasks of the cluster that run, those without a service as well, from"
                      + " runningTasksCount of DescribeClusters.",
                  Cluster::runningTasks),
              Family.gauge(
                  "ecs_cluster_pending_tasks",
                  "Tasks of the cluster that are to run soon, from pendingTasksCount of"
                      + " DescribeClusters.",
                  Cluster::pendingTasks)));

  private final EcsApi api;
  private final List<Glob> names;
  private final int most;
  private final Listener listener;

  /**
   * Asks in one account and region.
   *
   * @param names of the clusters to watch
   * @param most clusters to watch; the first by name
   */
  public ClustersScraper(EcsApi api, List<Glob> names, int most, Listener listener) {
    this.api = api;
    this.names = List.copyOf(names);
    this.most = most;
    this.listener = listener;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(TOTALS);
    all.addAll(CLUSTERS);
    return all;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<String> all = api.clusterNames(deadline);
    List<String> wanted =
        all.stream()
            .filter(name -> names.stream().anyMatch(glob -> glob.matches(name)))
            .distinct()
            .sorted()
            .toList();
    List<String> looked = wanted.subList(0, Math.min(most, wanted.size()));
    List<Cluster> clusters = api.clusters(looked, deadline);
    listener.found(clusters, looked.size() < all.size());
    var total = new Total(clusters.size(), wanted.size() - looked.size());
    return Snapshot.of(TOTALS, total).and(Snapshot.of(CLUSTERS, clusters));
  }
}
