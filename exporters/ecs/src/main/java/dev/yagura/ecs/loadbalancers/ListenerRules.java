package dev.yagura.ecs.loadbalancers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one may say of the rules of one listener together. */
final class ListenerRules {
  private static final int HIGHEST = 50_000;

  private ListenerRules() {}

  /** Priorities that more than one rule has. */
  static long duplicatePriorities(List<Rule> rules) {
    Map<Integer, Integer> times = new HashMap<>();
    for (Rule rule : rules) {
      Integer priority = rule.priority();
      if (priority != null) {
        times.merge(priority, 1, Integer::sum);
      }
    }
    return times.values().stream().filter(count -> count > 1).count();
  }

  /**
   * The priority behind the last one; null if that is the highest there may be. It is what tools
   * take that number their rules one after another.
   */
  static @Nullable Integer nextFreePriority(List<Rule> rules) {
    int last =
        rules.stream()
            .map(Rule::priority)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    return last >= HIGHEST ? null : last + 1;
  }

  /**
   * Rules that never take a request: they ask for hosts alone, and rules of a better priority that
   * ask for hosts alone take each of these.
   */
  static List<Rule> shadowed(List<Rule> rules) {
    List<Rule> byPriority =
        rules.stream()
            .filter(rule -> rule.onlyHosts() && !rule.isDefault())
            .sorted(Comparator.comparing(Rule::priority, Comparator.nullsLast(Integer::compare)))
            .toList();
    List<Rule> shadowed = new ArrayList<>();
    Set<String> exact = new HashSet<>();
    List<String> wildcards = new ArrayList<>();
    for (Rule rule : byPriority) {
      if (rule.hosts().stream().allMatch(host -> isTaken(host, exact, wildcards))) {
        shadowed.add(rule);
      }
      for (String host : rule.hosts()) {
        if (exact.add(host) && HostPattern.hasWildcard(host)) {
          wildcards.add(host);
        }
      }
    }
    return shadowed;
  }

  private static boolean isTaken(String host, Set<String> exact, List<String> wildcards) {
    return exact.contains(host)
        || wildcards.stream().anyMatch(pattern -> HostPattern.covers(pattern, host));
  }
}
