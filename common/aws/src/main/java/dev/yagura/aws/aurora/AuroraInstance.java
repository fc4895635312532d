package dev.yagura.aws.aurora;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance of an Aurora PostgreSQL cluster, from {@code DescribeDBInstances}. What is null the
 * API did not tell.
 *
 * @param id DBInstanceIdentifier
 * @param arn DBInstanceArn
 * @param resourceId DbiResourceId, as Performance Insights names it
 * @param clusterId DBClusterIdentifier
 * @param role from the cluster's members; null while the cluster does not list it
 * @param promotionTier PromotionTier: the lowest becomes the writer first
 * @param engineVersion EngineVersion: {@code 16.4}
 * @param instanceClass DBInstanceClass: {@code db.r7g.large}, {@code db.serverless}
 * @param zone AvailabilityZone
 * @param status DBInstanceStatus: {@code available}
 * @param endpoint Endpoint; null while it is being made
 * @param tags TagList, of the instance alone
 * @param iamAuthentication IAMDatabaseAuthenticationEnabled
 * @param certificateAuthority CACertificateIdentifier
 * @param certificateValidTill CertificateDetails.ValidTill, of the server's certificate
 * @param pending names of the modifications in PendingModifiedValues, sorted
 * @param performanceInsights PerformanceInsightsEnabled
 * @param created InstanceCreateTime
 */
public record AuroraInstance(
    String id,
    String arn,
    String resourceId,
    String clusterId,
    @Nullable AuroraRole role,
    @Nullable Integer promotionTier,
    String engineVersion,
    String instanceClass,
    @Nullable String zone,
    String status,
    @Nullable AuroraEndpoint endpoint,
    Map<String, String> tags,
    @Nullable Boolean iamAuthentication,
    @Nullable String certificateAuthority,
    @Nullable Instant certificateValidTill,
    List<String> pending,
    @Nullable Boolean performanceInsights,
    @Nullable Instant created) {

  public AuroraInstance {
    tags = Map.copyOf(tags);
    pending = List.copyOf(pending);
  }

  /** Whether it does all that it should. */
  public boolean isAvailable() {
    return AuroraCluster.AVAILABLE.equals(status);
  }
}
