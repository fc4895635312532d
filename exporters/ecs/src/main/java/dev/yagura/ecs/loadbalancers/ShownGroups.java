package dev.yagura.ecs.loadbalancers;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The target groups that have series of their own; those on a rule before the others.
 *
 * @param leftOut how many there are beside these
 */
record ShownGroups(List<TargetGroup> groups, int leftOut) {
  private static final int MOST = 1000;

  static ShownGroups of(LoadBalancing view) {
    Set<String> ruled = view.ruled();
    List<TargetGroup> ours = view.ours();
    List<TargetGroup> shown =
        ours.stream()
            .sorted(
                Comparator.comparing((TargetGroup group) -> !ruled.contains(group.arn()))
                    .thenComparing(TargetGroup::arn))
            .limit(MOST)
            .toList();
    return new ShownGroups(shown, ours.size() - shown.size());
  }
}
