package dev.yagura.ecs.environments;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.ecs.loadbalancers.TargetHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is shown of environments. */
final class EnvironmentFamilies {
  private static final String ENVIRONMENT = "environment";

  /** An environment as it is now. */
  record Row(Environment it, Optional<Boolean> up, Optional<List<TargetHealth>> targets) {}

  private record Targets(String environment, String state, long count) {}

  private record Counts(@Nullable Integer all, int leftOut) {}

  private static final List<Family<EnvironmentPath>> INFO =
      List.of(
          Family.<EnvironmentPath>info(
                  "ecs_environment_info",
                  "What a host in Conditions of DescribeRules leads to, over TargetGroups of the"
                      + " rule to the service with that group in loadBalancers or taskSets of"
                      + " DescribeServices.")
              .labels(EnvironmentPath.LABELS));

  private static final List<Family<Row>> STATE =
      Family.labelled(
          LabelSet.of(ENVIRONMENT, row -> row.it().name()),
          List.of(
              Family.gauge(
                  "ecs_environment_up",
                  "1 if every target group that rules of an environment send requests to has a"
                      + " healthy target in DescribeTargetHealth, 0 if not; absent if that is not"
                      + " known.",
                  row -> row.up().map(up -> up ? 1 : 0).orElse(null)),
              Family.gauge(
                  "ecs_environment_desired_tasks",
                  "Sum of desiredCount in DescribeServices over the services of an environment;"
                      + " absent while any may not be known.",
                  row -> row.it().tasks(service -> service.desired())),
              Family.gauge(
                  "ecs_environment_running_tasks",
                  "Sum of runningCount in DescribeServices over the services of an environment;"
                      + " absent while any may not be known.",
                  row -> row.it().tasks(service -> service.running())),
              Family.gauge(
                  "ecs_environment_created_timestamp_seconds",
                  "The oldest createdAt in DescribeServices of the services of an environment, in"
                      + " Unix time; absent while any may not be known.",
                  row -> seconds(row.it().createdAt()))));

  private static final List<Family<Targets>> TARGETS =
      List.of(
          Family.<Targets>gauge(
                  "ecs_environment_targets",
                  "Targets of all target groups of an environment by State of"
                      + " DescribeTargetHealth, also of groups that get no requests; absent while"
                      + " those of any group, or the rules of any load balancer, are not known.",
                  Targets::count)
              .labels(
                  LabelSet.<Targets>of(ENVIRONMENT, Targets::environment)
                      .and("state", Targets::state)));

  private static final List<Family<Counts>> COUNTS =
      List.of(
          Family.gauge(
              "ecs_environments",
              "Environments that Conditions or tags of rules in DescribeRules name; absent while the"
                  + " rules of any load balancer, or the tags of any rule that no host names, are not"
                  + " known.",
              Counts::all),
          Family.gauge(
              "ecs_environments_left_out",
              "Environments of DescribeRules that have no series of their own because there are"
                  + " more than max_environments.",
              Counts::leftOut));

  private EnvironmentFamilies() {}

  static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>();
    List.of(INFO, STATE, TARGETS, COUNTS).forEach(all::addAll);
    return all;
  }

  /**
   * What is known of these.
   *
   * @param all how many there are; null if that is not known
   * @param leftOut how many more than these are known
   */
  static Snapshot snapshot(
      List<Row> rows, ServicesByGroup services, @Nullable Integer all, int leftOut) {
    List<EnvironmentPath> paths = new ArrayList<>();
    List<Targets> targets = new ArrayList<>();
    for (Row row : rows) {
      paths.addAll(EnvironmentPath.of(row.it(), services));
      row.targets().ifPresent(its -> targets.addAll(counts(row.it().name(), its)));
    }
    return Snapshot.join(
        List.of(
            Snapshot.of(INFO, paths),
            Snapshot.of(STATE, rows),
            Snapshot.of(TARGETS, targets),
            Snapshot.of(COUNTS, new Counts(all, leftOut))));
  }

  private static List<Targets> counts(String environment, List<TargetHealth> targets) {
    Map<String, Long> counts = new LinkedHashMap<>();
    TargetHealth.STATES.forEach(state -> counts.put(state, 0L));
    targets.forEach(target -> counts.merge(target.state(), 1L, Long::sum));
    List<Targets> rows = new ArrayList<>();
    counts.forEach((state, count) -> rows.add(new Targets(environment, state, count)));
    return rows;
  }

  private static @Nullable Double seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli() / 1e3;
  }
}
