package dev.yagura.ecs.environments;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is shown of orphans. */
final class OrphanFamilies {
  private static final String KIND = "kind";

  private record Count(OrphanKind kind, int orphans) {}

  private record Seen(Orphan orphan, Instant since) {}

  private static final List<Family<Count>> COUNT =
      List.of(
          Family.<Count>gauge(
                  "ecs_environment_orphans",
                  "What was left behind, by kind: rules of DescribeRules to empty target groups, or"
                      + " to none of a service and without a healthy target; target groups of"
                      + " DescribeTargetGroups without a rule that no service names; services of"
                      + " DescribeServices without a rule. Absent if it cannot be told.",
                  Count::orphans)
              .labels(LabelSet.of(KIND, row -> row.kind().label())));

  private static final LabelSet<Seen> LABELS =
      LabelSet.<Seen>of(KIND, row -> row.orphan().kind().label())
          .and("environment", row -> row.orphan().environment())
          .and("resource", row -> row.orphan().resource());

  private static final List<Family<Seen>> SEEN =
      List.of(
          Family.<Seen>info(
                  "ecs_environment_orphan_info",
                  "A rule, target group or service that was left behind, by the end of its RuleArn,"
                      + " TargetGroupArn or serviceArn.")
              .labels(LABELS),
          Family.<Seen>gauge(
                  "ecs_environment_orphan_seen_timestamp_seconds",
                  "When this process first saw in DescribeRules, DescribeTargetGroups or"
                      + " DescribeServices that something was left behind, in Unix time; it begins"
                      + " anew with the process.",
                  row -> row.since().toEpochMilli() / 1e3)
              .labels(LABELS));

  private static final List<Family<Integer>> LEFT_OUT =
      List.of(
          Family.<Integer>gauge(
              "ecs_environment_orphans_left_out",
              "Orphans of DescribeRules, DescribeTargetGroups and DescribeServices that have no"
                  + " series of their own because there are more than may be shown, the newest.",
              count -> count));

  private OrphanFamilies() {}

  static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>();
    List.of(COUNT, SEEN, LEFT_OUT).forEach(all::addAll);
    return all;
  }

  /** All of these counted, and as many shown, of which those come first that are oldest. */
  static Snapshot snapshot(
      Map<OrphanKind, List<Orphan>> orphans, OrphanWatch watch, int most, Instant now) {
    List<Count> counts = new ArrayList<>();
    orphans.forEach((kind, those) -> counts.add(new Count(kind, distinct(those))));
    List<Seen> all =
        orphans.values().stream()
            .flatMap(Collection::stream)
            .map(orphan -> new Seen(orphan, watch.since(orphan, now)))
            .sorted(
                Comparator.comparing(Seen::since)
                    .thenComparing(row -> row.orphan().kind())
                    .thenComparing(row -> row.orphan().resource())
                    .thenComparing(row -> row.orphan().environment()))
            .toList();
    List<Seen> shown = all.subList(0, Math.min(most, all.size()));
    return Snapshot.join(
        List.of(
            Snapshot.of(COUNT, counts),
            Snapshot.of(SEEN, shown),
            Snapshot.of(LEFT_OUT, leftOut(all, shown))));
  }

  /** A rule that leads to several environments is one. */
  private static int distinct(List<Orphan> orphans) {
    return (int) orphans.stream().map(Orphan::resource).distinct().count();
  }

  private static int leftOut(List<Seen> all, List<Seen> shown) {
    Set<List<Object>> out = new HashSet<>();
    all.forEach(row -> out.add(key(row)));
    shown.forEach(row -> out.remove(key(row)));
    return out.size();
  }

  private static List<Object> key(Seen row) {
    return List.of(row.orphan().kind(), row.orphan().resource());
  }
}
