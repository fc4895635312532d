package dev.yagura.aws.aurora;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Filter;

/**
 * Looks at all Aurora PostgreSQL clusters and instances of one account and region: one call for
 * each 100 of them, free of charge. For any thread.
 */
public final class AuroraInventory {
  /** As the API calls Aurora PostgreSQL. */
  public static final String ENGINE = "aurora-postgresql";

  private static final String DESCRIBE_CLUSTERS = "rds:DescribeDBClusters";
  private static final String DESCRIBE_INSTANCES = "rds:DescribeDBInstances";
  private static final int PAGE = 100;
  private static final Filter OF_ENGINE = Filter.builder().name("engine").values(ENGINE).build();

  private final RdsClient rds;

  /** An inventory of this place; nothing is asked before {@link #read}. */
  public AuroraInventory(AwsPlace place) {
    this.rds = place.client(RdsClient.builder());
  }

  /**
   * Asks for all there is.
   *
   * @param deadline after which no further page is asked for
   * @return all of it, never a part
   * @throws ScrapeException if any page is missing; it names the operation, and the permission
   *     where that is lacking
   * @throws InterruptedException if this thread is to end
   */
  public AuroraEstate read(Deadline deadline) throws ScrapeException, InterruptedException {
    // Members before instances: one that is made in between has no role yet, which is true.
    List<AuroraCluster> clusters = new ArrayList<>();
    for (DBCluster each : clusters(deadline)) {
      if (ENGINE.equals(each.engine())) {
        clusters.add(Described.cluster(each));
      }
    }
    Map<String, AuroraCluster> byId = new HashMap<>();
    clusters.forEach(cluster -> byId.put(cluster.id(), cluster));
    List<AuroraInstance> instances = new ArrayList<>();
    for (DBInstance each : instances(deadline)) {
      if (ENGINE.equals(each.engine()) && each.dbClusterIdentifier() != null) {
        instances.add(Described.instance(each, byId.get(each.dbClusterIdentifier())));
      }
    }
    clusters.sort(Comparator.comparing(AuroraCluster::id));
    instances.sort(Comparator.comparing(AuroraInstance::id));
    return new AuroraEstate(clusters, instances);
  }

  private List<DBCluster> clusters(Deadline deadline) throws ScrapeException, InterruptedException {
    return Pages.all(
        DESCRIBE_CLUSTERS,
        deadline,
        marker ->
            rds.describeDBClusters(
                request -> request.filters(OF_ENGINE).maxRecords(PAGE).marker(marker)),
        page -> page.dbClusters(),
        page -> page.marker());
  }

  private List<DBInstance> instances(Deadline deadline)
      throws ScrapeException, InterruptedException {
    return Pages.all(
        DESCRIBE_INSTANCES,
        deadline,
        marker ->
            rds.describeDBInstances(
                request -> request.filters(OF_ENGINE).maxRecords(PAGE).marker(marker)),
        page -> page.dbInstances(),
        page -> page.marker());
  }
}
