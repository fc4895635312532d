package dev.yagura.cloudwatch.sets;

import static dev.yagura.aws.budget.Importance.ESSENTIAL;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.MetricSpec;
import dev.yagura.aws.cloudwatch.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services of ECS, as far as its metrics are free of charge to have. */
final class EcsSet {
  private static final ResourceKind SERVICE =
      ResourceKind.of(
          Map.of("ClusterName", "cluster", "ServiceName", "service"),
          new MetricSpec(
              "CPUUtilization",
              "Average",
              "aws_ecs_service_cpu_ratio",
              "CPU in use of what the tasks reserve, 0 to 1 and above",
              Scale.PERCENT,
              ESSENTIAL),
          new MetricSpec(
              "CPUUtilization",
              "Maximum",
              "aws_ecs_service_cpu_max_ratio",
              "CPU in use of what it reserves by the task that uses most, 0 to 1 and above",
              Scale.PERCENT,
              ESSENTIAL),
          new MetricSpec(
              "MemoryUtilization",
              "Average",
              "aws_ecs_service_memory_ratio",
              "Memory in use of what the tasks reserve, 0 to 1 and above",
              Scale.PERCENT,
              ESSENTIAL),
          new MetricSpec(
              "MemoryUtilization",
              "Maximum",
              "aws_ecs_service_memory_max_ratio",
              "Memory in use of what it reserves by the task that uses most, 0 to 1 and above",
              Scale.PERCENT,
              ESSENTIAL));

  static final MetricSet SET =
      new MetricSet(
          "ecs",
          "AWS/ECS",
          Optional.empty(),
          Duration.ofMinutes(2),
          CuratedSets.INTERVAL,
          List.of(SERVICE));

  private EcsSet() {}
}
