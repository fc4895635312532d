package dev.yagura.aws.cloudwatch;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.RecentlyActive;

/**
 * Finds which resources have which metrics: those that had a value within three hours, so that what
 * is gone is not asked and paid for, and what a resource does not have is not either. Metrics that
 * are asked more rarely than each hour may be rarer than that, so all are listed.
 */
final class Listing {
  private static final String ACTION = "cloudwatch:ListMetrics";
  private static final int MOST_PAGES = 200;

  private final CloudWatchClient client;

  Listing(CloudWatchClient client) {
    this.client = client;
  }

  /**
   * The resources of each kind that have a metric.
   *
   * @throws ScrapeException if any page is missing
   */
  Map<ResourceKind, SortedSet<Resource>> resources(MetricSet set, String metric, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Map<ResourceKind, SortedSet<Resource>> found = new HashMap<>();
    String token = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      if (deadline.hasPassed()) {
        throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to list " + metric);
      }
      ListMetricsRequest request =
          ListMetricsRequest.builder()
              .namespace(set.namespace())
              .metricName(metric)
              .recentlyActive(isFrequent(set) ? RecentlyActive.PT3_H : null)
              .nextToken(token)
              .build();
      ListMetricsResponse answer = AwsPlace.call(ACTION, () -> client.listMetrics(request));
      for (Metric each : answer.metrics()) {
        Resource resource = resource(each);
        for (ResourceKind kind : set.kinds()) {
          if (has(kind, metric, resource)) {
            found.computeIfAbsent(kind, key -> new TreeSet<>()).add(resource);
          }
        }
      }
      token = answer.nextToken();
      if (token == null || token.isEmpty()) {
        return found;
      }
    }
    throw new ScrapeException(
        FailureReason.INVALID,
        "more than 100,000 metrics are called " + set.namespace() + " " + metric);
  }

  /** What has a value a day, or every few hours, is never recently active. */
  private static boolean isFrequent(MetricSet set) {
    return set.interval().compareTo(Duration.ofHours(1)) <= 0;
  }

  private static Resource resource(Metric metric) {
    TreeMap<String, String> dimensions = new TreeMap<>();
    for (Dimension dimension : metric.dimensions()) {
      dimensions.put(dimension.name(), dimension.value());
    }
    return new Resource(dimensions);
  }

  private static boolean has(ResourceKind kind, String metric, Resource resource) {
    return kind.byMetric().containsKey(metric)
        && kind.dimensions().keySet().equals(resource.dimensions().keySet());
  }
}
