package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraCluster;
import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.aurora.AuroraRole;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the inventory says of clusters and instances. */
final class InventoryFamilies {
  /** Whether an instance is a target. */
  record Watched(AuroraInstance instance, boolean watched) {}

  /** The labels of a cluster and an instance, as in the metrics of CloudWatch. */
  static final String DB_CLUSTER = "db_cluster";

  static final String DB_INSTANCE = "db_instance";

  private static final int SECONDS_OF_DAY = 86_400;

  /** A cluster, and who wrote in it. */
  record ClusterRow(AuroraCluster cluster, WriterHistory history) {}

  /** How many members of a cluster have a role. */
  record Members(String cluster, AuroraRole role, long count) {}

  /** Something that will change in the next maintenance window. */
  record Pending(String cluster, String instance, String modification) {}

  private static final LabelSet<ClusterRow> OF_CLUSTER =
      LabelSet.of(DB_CLUSTER, row -> row.cluster().id());

  private static final LabelSet<AuroraInstance> OF_INSTANCE =
      LabelSet.<AuroraInstance>of(DB_CLUSTER, AuroraInstance::clusterId)
          .and(DB_INSTANCE, AuroraInstance::id);

  static final List<Family<ClusterRow>> CLUSTERS =
      Family.labelled(
          OF_CLUSTER,
          List.of(
              Family.<ClusterRow>gauge(
                  "aws_rds_cluster_available",
                  "Whether the cluster is available (1) or in any other state (0), from Status of"
                      + " DescribeDBClusters.",
                  row -> AuroraCluster.AVAILABLE.equals(row.cluster().status()) ? 1 : 0),
              Family.gauge(
                  "aws_rds_cluster_created_timestamp_seconds",
                  "When the cluster was created, from ClusterCreateTime of DescribeDBClusters, as a"
                      + " Unix time in seconds.",
                  row -> seconds(row.cluster().created())),
              Family.gauge(
                  "aws_rds_cluster_backup_retention_seconds",
                  "How long automatic backups are kept, from BackupRetentionPeriod of"
                      + " DescribeDBClusters, in seconds.",
                  row -> days(row.cluster().backupRetentionDays())),
              Family.gauge(
                  "aws_rds_cluster_earliest_restorable_timestamp_seconds",
                  "The earliest time that the cluster can be restored to, from"
                      + " EarliestRestorableTime of DescribeDBClusters, as a Unix time in seconds.",
                  row -> seconds(row.cluster().earliestRestorable())),
              Family.gauge(
                  "aws_rds_cluster_latest_restorable_timestamp_seconds",
                  "The latest time that the cluster can be restored to, from LatestRestorableTime of"
                      + " DescribeDBClusters, as a Unix time in seconds; now less this is the age"
                      + " of the backup.",
                  row -> seconds(row.cluster().latestRestorable())),
              Family.gauge(
                  "aws_rds_cluster_serverless_min_acus",
                  "The least capacity of each serverless instance, from MinCapacity of"
                      + " DescribeDBClusters, in Aurora capacity units.",
                  row ->
                      row.cluster().serverless() == null
                          ? null
                          : row.cluster().serverless().minAcu()),
              Family.gauge(
                  "aws_rds_cluster_serverless_max_acus",
                  "The most capacity of each serverless instance, from MaxCapacity of"
                      + " DescribeDBClusters, in Aurora capacity units.",
                  row ->
                      row.cluster().serverless() == null
                          ? null
                          : row.cluster().serverless().maxAcu()),
              Family.gauge(
                  "aws_rds_cluster_iam_authentication_enabled",
                  "Whether one can log in with a token of IAM (1) or not (0), from"
                      + " IAMDatabaseAuthenticationEnabled of DescribeDBClusters.",
                  row -> flag(row.cluster().iamAuthentication())),
              Family.counter(
                  "aws_rds_cluster_writer_changes_total",
                  "How often another instance was the writer than at the look before, from"
                      + " IsClusterWriter of DescribeDBClusters, since this exporter started.",
                  row -> row.history().changes()),
              Family.gauge(
                  "aws_rds_cluster_writer_change_timestamp_seconds",
                  "When another writer was last noticed, from IsClusterWriter of DescribeDBClusters,"
                      + " as a Unix time in seconds; absent until there was one since this exporter"
                      + " started.",
                  row -> seconds(row.history().changed()))));

  static final List<Family<ClusterRow>> CLUSTER_INFO =
      Family.labelled(
          OF_CLUSTER
              .and("engine_version", row -> row.cluster().engineVersion())
              .and("major_version", row -> major(row.cluster().engineVersion()))
              .and("resource_id", row -> row.cluster().resourceId()),
          List.of(
              Family.info(
                  "aws_rds_cluster_info",
                  "An Aurora PostgreSQL cluster, from EngineVersion and DbClusterResourceId of"
                      + " DescribeDBClusters.")));

  static final List<Family<ClusterRow>> CLUSTER_STATUS =
      Family.labelled(
          OF_CLUSTER.and("status", row -> row.cluster().status()),
          List.of(
              Family.info(
                  "aws_rds_cluster_status_info",
                  "The state that the cluster is in, from Status of DescribeDBClusters.")));

  static final List<Family<Members>> MEMBERS =
      Family.labelled(
          LabelSet.of(DB_CLUSTER, Members::cluster).and("role", row -> row.role().label()),
          List.of(
              Family.gauge(
                  "aws_rds_cluster_instances",
                  "Instances of the cluster by role, writer or reader, from DBClusterMembers of"
                      + " DescribeDBClusters.",
                  Members::count)));

  static final List<Family<AuroraInstance>> INSTANCES =
      Family.labelled(
          OF_INSTANCE,
          List.of(
              Family.<AuroraInstance>gauge(
                  "aws_rds_instance_available",
                  "Whether the instance is available (1) or in any other state (0), from"
                      + " DBInstanceStatus of DescribeDBInstances.",
                  instance -> instance.isAvailable() ? 1 : 0),
              Family.gauge(
                  "aws_rds_instance_is_writer",
                  "Whether the instance is the writer of its cluster (1) or a reader (0), from"
                      + " IsClusterWriter of DescribeDBClusters.",
                  instance ->
                      instance.role() == null
                          ? null
                          : instance.role() == AuroraRole.WRITER ? 1 : 0),
              Family.gauge(
                  "aws_rds_instance_promotion_tier",
                  "Rank in which the instance becomes the writer, the lowest first, from"
                      + " PromotionTier of DescribeDBInstances.",
                  AuroraInstance::promotionTier),
              Family.gauge(
                  "aws_rds_instance_created_timestamp_seconds",
                  "When the instance was created, from InstanceCreateTime of DescribeDBInstances, as"
                      + " a Unix time in seconds.",
                  instance -> seconds(instance.created())),
              Family.gauge(
                  "aws_rds_instance_certificate_expiry_timestamp_seconds",
                  "When the certificate of the instance ends, from CertificateDetails.ValidTill of"
                      + " DescribeDBInstances, as a Unix time in seconds.",
                  instance -> seconds(instance.certificateValidTill())),
              Family.gauge(
                  "aws_rds_instance_performance_insights_enabled",
                  "Whether Performance Insights looks at the instance (1) or not (0), from"
                      + " PerformanceInsightsEnabled of DescribeDBInstances.",
                  instance -> flag(instance.performanceInsights()))));

  static final List<Family<Watched>> WATCHED =
      Family.labelled(
          LabelSet.<Watched>of(DB_CLUSTER, row -> row.instance().clusterId())
              .and(DB_INSTANCE, row -> row.instance().id()),
          List.of(
              Family.gauge(
                  "aws_rds_instance_watched",
                  "Whether the instance is a target here (1) or not (0), as the entries of discovery"
                      + " and its state have it.",
                  row -> row.watched() ? 1 : 0)));

  static final List<Family<AuroraInstance>> INSTANCE_INFO =
      Family.labelled(
          OF_INSTANCE
              .and("certificate_authority", AuroraInstance::certificateAuthority)
              .and("engine_version", AuroraInstance::engineVersion)
              .and("instance_class", AuroraInstance::instanceClass)
              .and("resource_id", AuroraInstance::resourceId)
              .and("role", row -> row.role() == null ? null : row.role().label())
              .and("zone", AuroraInstance::zone),
          List.of(
              Family.info(
                  "aws_rds_instance_info",
                  "An Aurora PostgreSQL instance, from EngineVersion, DBInstanceClass,"
                      + " AvailabilityZone, CACertificateIdentifier and DbiResourceId of"
                      + " DescribeDBInstances, and its role, writer or reader.")));

  static final List<Family<AuroraInstance>> INSTANCE_STATUS =
      Family.labelled(
          OF_INSTANCE.and("status", AuroraInstance::status),
          List.of(
              Family.info(
                  "aws_rds_instance_status_info",
                  "The state that the instance is in, from DBInstanceStatus of"
                      + " DescribeDBInstances.")));

  static final List<Family<Pending>> PENDING =
      Family.labelled(
          LabelSet.of(DB_CLUSTER, Pending::cluster)
              .and(DB_INSTANCE, Pending::instance)
              .and("modification", Pending::modification),
          List.of(
              Family.info(
                  "aws_rds_pending_modification_info",
                  "What will change in the next maintenance window, a name in PendingModifiedValues"
                      + " of DescribeDBInstances, or without db_instance of DescribeDBClusters.")));

  private InventoryFamilies() {}

  static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>();
    List.of(
            CLUSTERS,
            CLUSTER_INFO,
            CLUSTER_STATUS,
            MEMBERS,
            INSTANCES,
            WATCHED,
            INSTANCE_INFO,
            INSTANCE_STATUS,
            PENDING)
        .forEach(all::addAll);
    return all;
  }

  static @Nullable Number seconds(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli() / 1000.0;
  }

  private static @Nullable Number days(@Nullable Integer days) {
    return days == null ? null : (long) days * SECONDS_OF_DAY;
  }

  private static @Nullable Number flag(@Nullable Boolean flag) {
    return flag == null ? null : flag ? 1 : 0;
  }

  private static String major(String version) {
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }
}
