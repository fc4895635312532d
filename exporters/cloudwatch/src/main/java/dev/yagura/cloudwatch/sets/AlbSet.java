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

/** Application load balancers and their target groups. */
final class AlbSet {
  private static final ResourceKind LOAD_BALANCER =
      ResourceKind.of(
          Map.of("LoadBalancer", "load_balancer"),
          new MetricSpec(
              "RequestCount",
              "Sum",
              "aws_alb_requests_total",
              "Requests that were passed to a target or answered",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
                  "HTTPCode_ELB_5XX_Count",
                  "Sum",
                  "aws_alb_own_5xx_responses_total",
                  "Responses with a status of 5xx that the load balancer made itself",
                  Scale.NONE,
                  ESSENTIAL)
              .rarely(),
          new MetricSpec(
                  "HTTPCode_Target_5XX_Count",
                  "Sum",
                  "aws_alb_target_5xx_responses_total",
                  "Responses of targets with a status of 5xx",
                  Scale.NONE,
                  ESSENTIAL)
              .rarely(),
          new MetricSpec(
                  "HTTPCode_Target_4XX_Count",
                  "Sum",
                  "aws_alb_target_4xx_responses_total",
                  "Responses of targets with a status of 4xx",
                  Scale.NONE,
                  USEFUL)
              .rarely(),
          new MetricSpec(
              "TargetResponseTime",
              "Average",
              "aws_alb_target_response_seconds",
              "Time until a target begins to answer, in seconds",
              Scale.NONE,
              USEFUL),
          new MetricSpec(
              "TargetResponseTime",
              "p99",
              "aws_alb_target_response_p99_seconds",
              "Time until a target begins to answer, of 99 in a hundred requests at most, in"
                  + " seconds",
              Scale.NONE,
              USEFUL),
          new MetricSpec(
                  "RejectedConnectionCount",
                  "Sum",
                  "aws_alb_rejected_connections_total",
                  "Connections that were refused because the load balancer had its most",
                  Scale.NONE,
                  USEFUL)
              .rarely());

  private static final ResourceKind TARGET_GROUP =
      ResourceKind.of(
          Map.of("LoadBalancer", "load_balancer", "TargetGroup", "target_group"),
          new MetricSpec(
              "UnHealthyHostCount",
              "Maximum",
              "aws_alb_unhealthy_targets",
              "Most targets that fail their health check at a time",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
              "HealthyHostCount",
              "Minimum",
              "aws_alb_healthy_targets",
              "Fewest targets that pass their health check at a time",
              Scale.NONE,
              ESSENTIAL));

  static final MetricSet SET =
      new MetricSet(
          "alb",
          "AWS/ApplicationELB",
          Optional.empty(),
          Duration.ofMinutes(2),
          CuratedSets.INTERVAL,
          List.of(LOAD_BALANCER, TARGET_GROUP));

  private AlbSet() {}
}
