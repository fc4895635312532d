package dev.yagura.ecs.loadbalancers;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is shown of the health of targets. */
final class TargetHealthFamilies {
  private static final String LOAD_BALANCER = "load_balancer";
  private static final String TARGET_GROUP = "target_group";
  private static final TargetHealth HEALTHY = new TargetHealth(TargetHealth.HEALTHY, "");

  private record Targets(TargetGroup group, TargetHealth health, long count) {}

  private record Read(TargetGroup group, Instant at) {}

  private record Sum(LoadBalancer loadBalancer, int targets) {}

  private static final List<Family<Targets>> TARGETS =
      List.of(
          Family.<Targets>gauge(
                  "elb_target_group_targets",
                  "Targets of a group by State and Reason of DescribeTargetHealth; what no target"
                      + " is has no series, but healthy.",
                  Targets::count)
              .labels(
                  LabelSet.<Targets>of(TARGET_GROUP, row -> row.group().dimension())
                      .and(LOAD_BALANCER, row -> row.group().loadBalancer())
                      .and("state", row -> row.health().state())
                      .and("reason", row -> row.health().reason())));

  private static final List<Family<Read>> READ =
      List.of(
          Family.<Read>gauge(
                  "elb_target_group_health_timestamp_seconds",
                  "When DescribeTargetHealth last answered about a group, in Unix time.",
                  row -> row.at().toEpochMilli() / 1e3)
              .labels(
                  LabelSet.<Read>of(TARGET_GROUP, row -> row.group().dimension())
                      .and(LOAD_BALANCER, row -> row.group().loadBalancer())));

  private static final List<Family<Sum>> SUM =
      List.of(
          Family.<Sum>gauge(
                  "elb_load_balancer_targets",
                  "Targets that DescribeTargetHealth names for all target groups of a load"
                      + " balancer; absent while those of any group are not known.",
                  Sum::targets)
              .labels(LabelSet.of(LOAD_BALANCER, row -> row.loadBalancer().dimension())));

  private TargetHealthFamilies() {}

  static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>();
    List.of(TARGETS, READ, SUM).forEach(all::addAll);
    return all;
  }

  static Snapshot snapshot(LoadBalancing view, Instant now) {
    List<Targets> targets = new ArrayList<>();
    List<Read> read = new ArrayList<>();
    for (TargetGroup group : ShownGroups.of(view).groups()) {
      view.healthOf(group.arn(), now)
          .ifPresent(
              health -> {
                read.add(new Read(group, health.readAt()));
                counts(health)
                    .forEach((state, count) -> targets.add(new Targets(group, state, count)));
              });
    }
    return Snapshot.join(
        List.of(
            Snapshot.of(TARGETS, targets),
            Snapshot.of(READ, read),
            Snapshot.of(SUM, sums(view, now))));
  }

  private static Map<TargetHealth, Long> counts(GroupHealth health) {
    Map<TargetHealth, Long> counts = new LinkedHashMap<>();
    counts.put(HEALTHY, 0L);
    health.targets().forEach(target -> counts.merge(target, 1L, Long::sum));
    return counts;
  }

  private static List<Sum> sums(LoadBalancing view, Instant now) {
    Map<String, Optional<Integer>> sums = new HashMap<>();
    view.watched().forEach(each -> sums.put(each.arn(), Optional.of(0)));
    for (TargetGroup group : view.targetGroups()) {
      Optional<Integer> targets =
          view.healthOf(group.arn(), now).map(health -> health.targets().size());
      for (String arn : group.loadBalancers()) {
        sums.computeIfPresent(
            arn, (same, sum) -> sum.flatMap(so -> targets.map(more -> so + more)));
      }
    }
    List<Sum> rows = new ArrayList<>();
    for (LoadBalancer each : view.watched()) {
      sums.getOrDefault(each.arn(), Optional.empty())
          .ifPresent(sum -> rows.add(new Sum(each, sum)));
    }
    return rows;
  }
}
