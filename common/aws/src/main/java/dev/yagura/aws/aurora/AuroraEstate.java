package dev.yagura.aws.aurora;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All of Aurora PostgreSQL in one account and region, as it was at one look.
 *
 * @param clusters in the order of their identifiers
 * @param instances in the order of their identifiers
 */
public record AuroraEstate(List<AuroraCluster> clusters, List<AuroraInstance> instances) {
  private static final AuroraEstate EMPTY = new AuroraEstate(List.of(), List.of());

  public AuroraEstate {
    clusters = List.copyOf(clusters);
    instances = List.copyOf(instances);
  }

  /** No cluster at all. */
  public static AuroraEstate empty() {
    return EMPTY;
  }

  /** The cluster that an instance belongs to; empty if it was made after the clusters were read. */
  public Optional<AuroraCluster> clusterOf(AuroraInstance instance) {
    return clusters.stream().filter(one -> one.id().equals(instance.clusterId())).findFirst();
  }

  /** The clusters by their identifiers. */
  public Map<String, AuroraCluster> clustersById() {
    return clusters.stream().collect(Collectors.toMap(AuroraCluster::id, Function.identity()));
  }
}
