package dev.yagura.cloudwatch.sets;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Metrics of one's own that can be asked in one call are asked in one call. */
public final class OwnSets {
  /** What is asked at the same time, for the same periods, in the same place. */
  private record Together(
      String namespace, Optional<String> region, Duration delay, Duration interval) {}

  private OwnSets() {}

  /**
   * These sets of one metric each, as few as there can be.
   *
   * @param maxResources of each kind
   */
  public static List<MetricSet> together(List<MetricSet> own, int maxResources) {
    Map<Together, List<MetricSet>> groups = new LinkedHashMap<>();
    for (MetricSet set : own) {
      groups
          .computeIfAbsent(
              new Together(set.namespace(), set.region(), set.publicationDelay(), set.interval()),
              key -> new ArrayList<>())
          .add(set);
    }
    List<MetricSet> joined = new ArrayList<>();
    Set<String> names = new HashSet<>();
    groups.forEach((key, sets) -> joined.add(joined(key, sets, names, maxResources)));
    return joined;
  }

  private static MetricSet joined(
      Together key, List<MetricSet> sets, Set<String> names, int maxResources) {
    List<ResourceKind> kinds = new ArrayList<>();
    sets.forEach(set -> kinds.addAll(set.kinds()));
    String name = sets.get(0).name();
    for (int i = 2; !names.add(name); i++) {
      name = sets.get(0).name() + "_" + i;
    }
    return new MetricSet(
        name, key.namespace(), key.region(), key.delay(), key.interval(), maxResources, kinds);
  }
}
