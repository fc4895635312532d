package dev.yagura.cloudwatch.sets;

import static dev.yagura.aws.budget.Importance.ESSENTIAL;
import static dev.yagura.aws.budget.Importance.USEFUL;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.MetricSpec;
import dev.yagura.aws.cloudwatch.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Aurora's instances and clusters, and other instances of RDS as far as they have the same metrics:
 * what SQL does not tell, for the rest is cheaper there and younger.
 */
final class RdsSet {
  private static final ResourceKind INSTANCE =
      ResourceKind.of(
          Map.of("DBInstanceIdentifier", "db_instance"),
          new MetricSpec(
              "CPUUtilization",
              "Average",
              "aws_rds_cpu_ratio",
              "CPU in use, 0 to 1",
              Scale.PERCENT,
              ESSENTIAL),
          new MetricSpec(
              "CPUUtilization",
              "Maximum",
              "aws_rds_cpu_max_ratio",
              "Most CPU in use at a time, 0 to 1",
              Scale.PERCENT,
              ESSENTIAL),
          new MetricSpec(
              "FreeableMemory",
              "Minimum",
              "aws_rds_freeable_memory_bytes",
              "Least memory that could be freed, in bytes",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
              "FreeLocalStorage",
              "Minimum",
              "aws_rds_free_local_storage_bytes",
              "Least room for temporary files and logs, in bytes",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
              "AuroraReplicaLag",
              "Maximum",
              "aws_rds_replica_lag_seconds",
              "Longest lag of a reader behind the writer, in seconds",
              Scale.MILLISECONDS,
              ESSENTIAL),
          new MetricSpec(
              "ACUUtilization",
              "Maximum",
              "aws_rds_acu_utilization_ratio",
              "Most capacity in use, as a ratio of the largest that is allowed, 0 to 1",
              Scale.PERCENT,
              ESSENTIAL),
          new MetricSpec(
              "ServerlessDatabaseCapacity",
              "Average",
              "aws_rds_acu",
              "Capacity of a serverless instance, in Aurora capacity units",
              Scale.NONE,
              USEFUL),
          new MetricSpec(
              "DatabaseConnections",
              "Maximum",
              "aws_rds_connections",
              "Most connections at a time",
              Scale.NONE,
              USEFUL),
          new MetricSpec(
              "DBLoad",
              "Average",
              "aws_rds_db_load",
              "Sessions that work or wait",
              Scale.NONE,
              USEFUL));

  private static final ResourceKind CLUSTER =
      ResourceKind.of(
              Map.of("DBClusterIdentifier", "db_cluster"),
              new MetricSpec(
                  "VolumeBytesUsed",
                  "Average",
                  "aws_rds_volume_used_bytes",
                  "Storage of the cluster that is billed, in bytes",
                  Scale.NONE,
                  ESSENTIAL),
              new MetricSpec(
                  "VolumeReadIOPs",
                  "Sum",
                  "aws_rds_volume_reads_total",
                  "Reads of the storage that are billed",
                  Scale.NONE,
                  USEFUL),
              new MetricSpec(
                  "VolumeWriteIOPs",
                  "Sum",
                  "aws_rds_volume_writes_total",
                  "Writes to the storage that are billed",
                  Scale.NONE,
                  USEFUL))
          .published(Duration.ofMinutes(5));

  static final MetricSet SET =
      new MetricSet(
          "rds",
          "AWS/RDS",
          Optional.empty(),
          Duration.ofMinutes(2),
          CuratedSets.INTERVAL,
          List.of(INSTANCE, CLUSTER));

  private RdsSet() {}
}
