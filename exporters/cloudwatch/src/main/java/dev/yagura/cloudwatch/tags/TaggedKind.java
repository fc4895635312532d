package dev.yagura.cloudwatch.tags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resources that have tags, and how their ARN leads to the labels that their metrics have. */
enum TaggedKind {
  RDS_INSTANCE("rds", "rds:db", "aws_rds_instance", "db:(.+)", "db_instance"),
  RDS_CLUSTER("rds", "rds:cluster", "aws_rds_cluster", "cluster:(.+)", "db_cluster"),
  DISTRIBUTION(
      "cloudfront",
      "cloudfront:distribution",
      "aws_cloudfront_distribution",
      "distribution/(.+)",
      "distribution"),
  ECS_SERVICE(
      "ecs", "ecs:service", "aws_ecs_service", "service/([^/]+)/([^/]+)", "cluster", "service"),
  QUEUE("sqs", "sqs", "aws_sqs_queue", "([^:/]+)", "queue"),
  LOAD_BALANCER(
      "alb",
      "elasticloadbalancing:loadbalancer",
      "aws_alb_load_balancer",
      "loadbalancer/(app/.+)",
      "load_balancer"),
  TARGET_GROUP(
      "alb",
      "elasticloadbalancing:targetgroup",
      "aws_alb_target_group",
      "(targetgroup/.+)",
      "target_group");

  private static final int RESOURCE = 5;

  private final String set;
  private final String type;
  private final String prefix;
  private final Pattern resource;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is.
  private final List<String> labels;

  TaggedKind(String set, String type, String prefix, String resource, String... labels) {
    this.set = set;
    this.type = type;
    this.prefix = prefix;
    this.resource = Pattern.compile(resource);
    this.labels = List.of(labels);
  }

  /** The set of metrics that it belongs to. */
  String set() {
    return set;
  }

  /** As the API filters by it. */
  String type() {
    return type;
  }

  String family() {
    return prefix + "_tags_info";
  }

  List<String> labels() {
    return labels;
  }

  /** The labels of a resource; empty if it is of another kind. */
  Optional<Map<String, String>> labelsOf(String arn) {
    String[] parts = arn.split(":", RESOURCE + 1);
    String service = type.split(":", 2)[0];
    if (parts.length <= RESOURCE || !parts[2].equals(service)) {
      return Optional.empty();
    }
    Matcher matcher = resource.matcher(parts[RESOURCE]);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      values.put(labels.get(i), matcher.group(i + 1));
    }
    return Optional.of(values);
  }
}
