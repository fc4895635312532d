package dev.yagura.cloudwatch.sets;

import static dev.yagura.aws.budget.Importance.ESSENTIAL;
import static dev.yagura.aws.budget.Importance.EXTRA;
import static dev.yagura.aws.budget.Importance.USEFUL;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.MetricSpec;
import dev.yagura.aws.cloudwatch.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CloudFront's distributions. Each metric has one statistic that is valid. The last three exist
 * where a distribution has its additional metrics switched on, and are asked there alone.
 */
final class CloudFrontSet {
  private static final ResourceKind DISTRIBUTION =
      ResourceKind.of(
          Map.of("DistributionId", "distribution", "Region", ""),
          new MetricSpec(
              "Requests",
              "Sum",
              "aws_cloudfront_requests_total",
              "Requests of viewers",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
              "5xxErrorRate",
              "Average",
              "aws_cloudfront_errors_5xx_ratio",
              "Responses with a status of 5xx among all, 0 to 1",
              Scale.PERCENT,
              ESSENTIAL),
          new MetricSpec(
              "4xxErrorRate",
              "Average",
              "aws_cloudfront_errors_4xx_ratio",
              "Responses with a status of 4xx among all, 0 to 1",
              Scale.PERCENT,
              USEFUL),
          new MetricSpec(
              "BytesDownloaded",
              "Sum",
              "aws_cloudfront_downloaded_bytes_total",
              "Bytes that viewers got in answer to GET, HEAD and OPTIONS",
              Scale.NONE,
              USEFUL),
          new MetricSpec(
              "BytesUploaded",
              "Sum",
              "aws_cloudfront_uploaded_bytes_total",
              "Bytes that viewers sent to the origin with POST and PUT",
              Scale.NONE,
              EXTRA),
          new MetricSpec(
              "OriginLatency",
              "p99",
              "aws_cloudfront_origin_latency_p99_seconds",
              "Time from a request that was no hit to the first byte of its answer, of 99 in a"
                  + " hundred at most, in seconds",
              Scale.MILLISECONDS,
              USEFUL),
          new MetricSpec(
              "CacheHitRate",
              "Average",
              "aws_cloudfront_cache_hit_ratio",
              "Requests that were answered from the cache among those that may be cached, 0 to 1",
              Scale.PERCENT,
              USEFUL));

  static final MetricSet SET =
      new MetricSet(
          "cloudfront",
          "AWS/CloudFront",
          Optional.of("us-east-1"),
          Duration.ofMinutes(5),
          CuratedSets.INTERVAL,
          List.of(DISTRIBUTION));

  private CloudFrontSet() {}
}
