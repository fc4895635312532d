package dev.yagura.benchmark.cloudwatch;

import dev.yagura.benchmark.cloudwatch.ExpositionText.Sample;
import dev.yagura.testing.aws.CloudWatchDouble;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is watched: all metrics that SQS has, of a hundred queues. Their values are known. */
final class Estate {
  static final String NAMESPACE = "AWS/SQS";
  static final int QUEUES = 100;

  /**
   * A metric, and the statistic of it that makes sense.
   *
   * @param curated whether Yagura asks it without being told to
   */
  record Metric(String name, String statistic, boolean curated) {}

  static final List<Metric> METRICS =
      List.of(
          new Metric("NumberOfMessagesSent", "Sum", true),
          new Metric("NumberOfMessagesReceived", "Sum", false),
          new Metric("NumberOfMessagesDeleted", "Sum", true),
          new Metric("NumberOfEmptyReceives", "Sum", false),
          new Metric("NumberOfDeduplicatedSentMessages", "Sum", false),
          new Metric("SentMessageSize", "Average", false),
          new Metric("ApproximateAgeOfOldestMessage", "Maximum", true),
          new Metric("ApproximateNumberOfMessagesVisible", "Maximum", true),
          new Metric("ApproximateNumberOfMessagesNotVisible", "Maximum", true),
          new Metric("ApproximateNumberOfMessagesDelayed", "Maximum", false));

  static final int SERIES = METRICS.size() * QUEUES;

  private static final String PREFIX = "aws_sqs_";
  private static final int STEP = 1000;

  private Estate() {}

  /** The one sample of each minute, from which all statistics follow. */
  private static double value(int metric, int queue) {
    return STEP * (metric + 1) + queue;
  }

  private static String queue(int queue) {
    return "orders-%03d".formatted(queue);
  }

  /** Publishes this minute of every queue. */
  static void publish(CloudWatchDouble model, Instant minute) {
    for (int metric = 0; metric < METRICS.size(); metric++) {
      for (int queue = 0; queue < QUEUES; queue++) {
        model.publish(
            NAMESPACE,
            METRICS.get(metric).name(),
            Map.of("QueueName", queue(queue)),
            minute,
            value(metric, queue));
      }
    }
  }

  /**
   * The configuration of Yagura.
   *
   * @param curated whether the curated set brings half of the metrics
   */
  static String ours(String endpoint, String region, boolean curated, Path stateDir) {
    StringBuilder text = new StringBuilder();
    text.append("aws:\n  endpoint_url: \"").append(endpoint).append("\"\n");
    text.append("  accounts: [{name: bench, regions: [").append(region).append("]}]\n");
    text.append("  cloudwatch:\n    interval: 60s\n");
    text.append("    state_dir: \"").append(stateDir).append("\"\n");
    text.append("    sets: [").append(curated ? "sqs" : "").append("]\n    metrics:\n");
    for (Metric metric : METRICS) {
      if (!(curated && metric.curated())) {
        text.append(
            "      - {namespace: %s, metric: %s, statistics: [%s], dimensions: [QueueName]}\n"
                .formatted(NAMESPACE, metric.name(), metric.statistic()));
      }
    }
    return text.toString();
  }

  /** The same of the peer. */
  static String peer(String region, boolean getMetricData) {
    StringBuilder text = new StringBuilder("region: " + region + "\n");
    if (getMetricData) {
      text.append("use_get_metric_data: true\n");
    }
    text.append("metrics:\n");
    for (Metric metric : METRICS) {
      text.append("  - aws_namespace: ").append(NAMESPACE).append('\n');
      text.append("    aws_metric_name: ").append(metric.name()).append('\n');
      text.append("    aws_dimensions: [QueueName]\n");
      text.append("    aws_statistics: [").append(metric.statistic()).append("]\n");
    }
    return text.toString();
  }

  /**
   * What is wrong with an exposition, whoever made it; nothing if every metric of every queue has
   * its true value. A counter is the same number of minutes of each.
   */
  static Optional<String> fault(ExpositionText text) {
    Map<String, Map<String, Double>> byName = new TreeMap<>();
    for (Sample sample : text.samples()) {
      String queue = sample.label("queue_name") + sample.label("queue");
      if (sample.name().startsWith(PREFIX) && !queue.isEmpty()) {
        byName.computeIfAbsent(sample.name(), key -> new TreeMap<>()).put(queue, sample.value());
      }
    }
    if (byName.size() != METRICS.size()) {
      return Optional.of(byName.size() + " metrics: " + byName.keySet());
    }
    Set<Double> seen = new HashSet<>();
    for (Map.Entry<String, Map<String, Double>> each : byName.entrySet()) {
      Map<String, Double> values = each.getValue();
      double first = values.getOrDefault(queue(0), Double.NaN);
      double minutes = values.getOrDefault(queue(1), Double.NaN) - first;
      double metric = first / minutes / STEP;
      boolean whole = each.getKey().endsWith("_total") ? minutes >= 1 : minutes == 1;
      for (int queue = 0; queue < QUEUES; queue++) {
        whole &= values.getOrDefault(queue(queue), Double.NaN) == minutes * (metric * STEP + queue);
      }
      if (!whole || values.size() != QUEUES || metric != Math.rint(metric) || !seen.add(metric)) {
        return Optional.of(
            "%s has %d values, the first is %s".formatted(each.getKey(), values.size(), first));
      }
    }
    return Optional.empty();
  }
}
