package dev.yagura.aws.cloudwatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has metrics: an instance, a queue, a target group of a load balancer.
 *
 * @param dimensions that CloudWatch knows it by, exactly these, with the label of each; one whose
 *     label is empty is not shown
 * @param metrics that are asked, where they exist; those of one name stand together
 * @param published how often the service has a new value
 */
public record ResourceKind(
    SortedMap<String, String> dimensions, List<MetricSpec> metrics, Duration published) {

  public ResourceKind {
    dimensions = new TreeMap<>(dimensions);
    metrics = List.copyOf(metrics);
  }

  /** A kind with these dimensions, published every minute. */
  public static ResourceKind of(Map<String, String> labelsByDimension, MetricSpec... metrics) {
    return new ResourceKind(
        new TreeMap<>(labelsByDimension), List.of(metrics), Duration.ofMinutes(1));
  }

  /** The same, published more rarely. */
  public ResourceKind published(Duration every) {
    return new ResourceKind(dimensions, metrics, every);
  }

  /** The statistics of each metric, in their order: what is asked together, at one price. */
  Map<String, List<MetricSpec>> byMetric() {
    Map<String, List<MetricSpec>> byMetric = new LinkedHashMap<>();
    for (MetricSpec spec : metrics) {
      byMetric.computeIfAbsent(spec.metric(), name -> new ArrayList<>()).add(spec);
    }
    return byMetric;
  }
}
