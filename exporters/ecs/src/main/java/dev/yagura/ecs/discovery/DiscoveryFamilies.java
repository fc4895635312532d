package dev.yagura.ecs.discovery;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is said of a list. */
final class DiscoveryFamilies {
  /**
   * The list of a cluster.
   *
   * @param targets that are in the list of the account and region
   * @param at when its tasks were last looked at
   */
  record OfCluster(String cluster, int targets, Instant at) {}

  /**
   * The list of an account and region.
   *
   * @param leftOut targets that were too many
   * @param unresolved tasks whose definition or host was not read
   * @param clustersLeftOut because they never answered
   */
  record Made(
      List<OfCluster> clusters, int leftOut, int badLabels, int unresolved, int clustersLeftOut) {
    Made {
      clusters = List.copyOf(clusters);
    }
  }

  private static final List<Family<Made>> PLACE =
      List.of(
          Family.gauge(
              "ecs_discovery_targets_left_out",
              "Targets that are not in the list of /sd/ecs, as there are more than max_targets.",
              Made::leftOut),
          Family.gauge(
              "ecs_discovery_bad_labels",
              "Docker labels and tags of running tasks that give no target: a port that is no"
                  + " number from 1 to 65535 or is not published, a path with a query, a scheme or"
                  + " server name that is none.",
              Made::badLabels),
          Family.gauge(
              "ecs_discovery_unresolved_tasks",
              "Running tasks whose task definition or host could not be read, or not yet: in the"
                  + " list of /sd/ecs are the targets that they had before, if any.",
              Made::unresolved),
          Family.gauge(
              "ecs_discovery_clusters_left_out",
              "Clusters whose tasks are not in the list of /sd/ecs, as ECS has not told them since"
                  + " the start.",
              Made::clustersLeftOut));

  private static final List<Family<OfCluster>> CLUSTER =
      Family.labelled(
          LabelSet.of("cluster", OfCluster::cluster),
          List.of(
              Family.gauge(
                  "ecs_discovery_targets",
                  "Targets of the cluster in the list of /sd/ecs.",
                  OfCluster::targets),
              Family.gauge(
                  "ecs_discovery_list_timestamp_seconds",
                  "When the cluster's part of the list of /sd/ecs was made, as a Unix time in"
                      + " seconds.",
                  made -> made.at().toEpochMilli() / 1e3)));

  static final List<Family<?>> ALL = all();

  private DiscoveryFamilies() {}

  private static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>(CLUSTER);
    all.addAll(PLACE);
    return List.copyOf(all);
  }

  static Snapshot of(Made made) {
    return Snapshot.of(CLUSTER, made.clusters()).and(Snapshot.of(PLACE, made));
  }
}
