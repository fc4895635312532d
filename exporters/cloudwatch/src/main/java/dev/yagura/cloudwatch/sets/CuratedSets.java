package dev.yagura.cloudwatch.sets;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.core.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The sets that come with Yagura: each of their metrics serves a panel or an alert. */
public final class CuratedSets {
  /** From one look to the next, unless the configuration says otherwise. */
  public static final Duration INTERVAL = Duration.ofMinutes(5);

  /** All of them, in the order of the documentation. */
  public static final List<MetricSet> ALL =
      List.of(RdsSet.SET, CloudFrontSet.SET, EcsSet.SET, SqsSet.SET, AlbSet.SET);

  private CuratedSets() {}

  /** The set of this name. */
  public static Optional<MetricSet> named(String name) {
    return ALL.stream().filter(set -> set.name().equals(name)).findFirst();
  }

  /**
   * A set of one metric that the configuration names.
   *
   * @param section an entry of {@code aws.cloudwatch.metrics}
   * @param interval unless it says otherwise
   */
  public static MetricSet own(Section section, Duration interval) {
    return OwnMetric.read(section, interval);
  }

  /** All names. */
  public static List<String> names() {
    return ALL.stream().map(MetricSet::name).toList();
  }
}
