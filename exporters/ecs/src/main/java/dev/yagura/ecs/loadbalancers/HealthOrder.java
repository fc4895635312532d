package dev.yagura.ecs.loadbalancers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which target groups are asked for their health in a refresh that cannot ask for all. */
final class HealthOrder {
  /** A group on no rule is asked for now and then, however many there are on rules. */
  private static final int SHARE_OF_OTHERS = 10;

  private HealthOrder() {}

  /**
   * ARNs of the groups to ask for: those that were asked for longest ago, on a rule first.
   *
   * @param asked when they were last asked for, whether there was an answer or not
   */
  static List<String> choose(LoadBalancing view, Map<String, Instant> asked, int calls) {
    Set<String> ruled = view.ruled();
    List<String> leading = new ArrayList<>();
    List<String> others = new ArrayList<>();
    view.ours().stream()
        .sorted(
            Comparator.comparing(
                    (TargetGroup group) -> asked.getOrDefault(group.arn(), Instant.MIN))
                .thenComparing(TargetGroup::arn))
        .forEach(
            group -> {
              boolean leads = ruled.contains(group.arn()) || !group.loadBalancers().isEmpty();
              (leads ? leading : others).add(group.arn());
            });
    int kept = Math.min(others.size(), calls / SHARE_OF_OTHERS);
    List<String> chosen = new ArrayList<>(first(leading, calls - kept));
    chosen.addAll(first(others, calls - chosen.size()));
    return chosen;
  }

  private static List<String> first(List<String> all, int most) {
    return all.subList(0, Math.min(all.size(), Math.max(0, most)));
  }
}
