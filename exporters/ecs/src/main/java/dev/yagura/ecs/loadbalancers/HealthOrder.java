package dev.yagura.ecs.loadbalancers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which target groups are asked for their health in a refresh that cannot ask for all. */
final class HealthOrder {
  /** A group on no rule is asked for now and then, however many there are on rules. */
  private static final int SHARE_OF_OTHERS = 10;

  /**
   * Refreshes until each group has had its turn.
   *
   * @param others ARNs of groups on no rule
   */
  record Rounds(Set<String> others, int ofLeading, int ofOthers) {
    int of(String arn) {
      return others.contains(arn) ? ofOthers : ofLeading;
    }
  }

  private HealthOrder() {}

  /**
   * ARNs of the groups to ask for: those that were asked for longest ago, on a rule first.
   *
   * @param asked when they were last asked for, whether there was an answer or not
   */
  static List<String> choose(LoadBalancing view, Map<String, Instant> asked, int calls) {
    List<String> leading = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Set<String> onNoRule = onNoRule(view);
    view.ours().stream()
        .map(TargetGroup::arn)
        .sorted(
            Comparator.comparing((String arn) -> asked.getOrDefault(arn, Instant.MIN))
                .thenComparing(Comparator.naturalOrder()))
        .forEach(arn -> (onNoRule.contains(arn) ? others : leading).add(arn));
    List<String> chosen = new ArrayList<>(first(leading, calls - kept(others.size(), calls)));
    chosen.addAll(first(others, calls - chosen.size()));
    return chosen;
  }

  /** How often each has its turn, if each refresh has so many calls. */
  static Rounds rounds(LoadBalancing view, int calls) {
    Set<String> others = onNoRule(view);
    int leading = view.ours().size() - others.size();
    int forLeading = calls - kept(others.size(), calls);
    int forOthers = calls - Math.min(leading, forLeading);
    return new Rounds(others, refreshes(leading, forLeading), refreshes(others.size(), forOthers));
  }

  private static int refreshes(int groups, int calls) {
    return (groups + calls - 1) / Math.max(1, calls);
  }

  /** Calls that are kept for those on no rule. */
  private static int kept(int others, int calls) {
    return Math.min(others, calls / SHARE_OF_OTHERS);
  }

  private static Set<String> onNoRule(LoadBalancing view) {
    Set<String> ruled = view.ruled();
    return view.ours().stream()
        .filter(group -> !ruled.contains(group.arn()) && group.loadBalancers().isEmpty())
        .map(TargetGroup::arn)
        .collect(Collectors.toSet());
  }

  private static List<String> first(List<String> all, int most) {
    return all.subList(0, Math.min(all.size(), Math.max(0, most)));
  }
}
