package dev.yagura.aws.aurora;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Aurora PostgreSQL cluster, from {@code DescribeDBClusters}. What is null the API did not tell.
 *
 * @param id DBClusterIdentifier
 * @param arn DBClusterArn
 * @param resourceId DbClusterResourceId, which no other cluster ever has
 * @param engineVersion EngineVersion: {@code 16.4}
 * @param status Status: {@code available}
 * @param writer Endpoint, which leads to the writer
 * @param reader ReaderEndpoint, which leads to one of the readers
 * @param database DatabaseName, made with the cluster
 * @param tags TagList
 * @param members the role of each instance by its identifier (DBClusterMembers.IsClusterWriter)
 * @param serverless null where the cluster has no bounds for serverless instances
 * @param iamAuthentication IAMDatabaseAuthenticationEnabled
 * @param backupRetentionDays BackupRetentionPeriod
 * @param earliestRestorable EarliestRestorableTime
 * @param latestRestorable LatestRestorableTime
 * @param pending names of the modifications in PendingModifiedValues, sorted
 * @param performanceInsights PerformanceInsightsEnabled
 * @param masterSecretArn MasterUserSecret.SecretArn, where RDS keeps the password of the master
 * @param created ClusterCreateTime
 */
public record AuroraCluster(
    String id,
    String arn,
    String resourceId,
    String engineVersion,
    String status,
    @Nullable AuroraEndpoint writer,
    @Nullable AuroraEndpoint reader,
    @Nullable String database,
    Map<String, String> tags,
    Map<String, AuroraRole> members,
    @Nullable ServerlessCapacity serverless,
    @Nullable Boolean iamAuthentication,
    @Nullable Integer backupRetentionDays,
    @Nullable Instant earliestRestorable,
    @Nullable Instant latestRestorable,
    List<String> pending,
    @Nullable Boolean performanceInsights,
    @Nullable String masterSecretArn,
    @Nullable Instant created) {

  /** The status in which a cluster or an instance does all that it should. */
  public static final String AVAILABLE = "available";

  public AuroraCluster {
    tags = Map.copyOf(tags);
    members = Map.copyOf(members);
    pending = List.copyOf(pending);
  }

  /** The identifier of the instance that writes; null while none does. */
  public @Nullable String writerId() {
    return members.entrySet().stream()
        .filter(member -> member.getValue() == AuroraRole.WRITER)
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .orElse(null);
  }
}
