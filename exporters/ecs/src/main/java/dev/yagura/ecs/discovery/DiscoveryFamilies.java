package dev.yagura.ecs.discovery;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import java.time.Instant;
import java.util.List;

/** What is said of a list. */
final class DiscoveryFamilies {
  /**
   * A list as it was made.
   *
   * @param clustersLeftOut because they never answered
   */
  record Made(ScrapeTargets list, int clustersLeftOut, Instant at) {}

  static final List<Family<Made>> ALL =
      List.of(
          Family.gauge(
              "ecs_discovery_targets",
              "Targets in the list of /sd/ecs.",
              made -> made.list().targets().size()),
          Family.gauge(
              "ecs_discovery_targets_left_out",
              "Targets that are not in the list of /sd/ecs, as there are more than max_targets.",
              made -> made.list().leftOut()),
          Family.gauge(
              "ecs_discovery_bad_labels",
              "Docker labels and tags of running tasks that give no target: a port that is no"
                  + " number from 1 to 65535 or is not published, a path with a query, a"
                  + " scheme or server name that is none.",
              made -> made.list().badLabels()),
          Family.gauge(
              "ecs_discovery_clusters_left_out",
              "Clusters whose tasks are not in the list of /sd/ecs, as ECS has not told them since"
                  + " the start.",
              Made::clustersLeftOut),
          Family.gauge(
              "ecs_discovery_list_timestamp_seconds",
              "When the list of /sd/ecs was made, as a Unix time in seconds.",
              made -> made.at().toEpochMilli() / 1e3));

  private DiscoveryFamilies() {}

  static Snapshot of(Made made) {
    return Snapshot.of(ALL, made);
  }
}
