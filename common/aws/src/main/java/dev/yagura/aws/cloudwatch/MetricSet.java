package dev.yagura.aws.cloudwatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The metrics of one service that are asked together.
 *
 * @param name the label {@code scraper}
 * @param namespace of CloudWatch: {@code AWS/RDS}
 * @param region the only one that has them; empty for each region
 * @param publicationDelay after which CloudWatch usually has a period
 * @param interval from one look to the next, and the period that each value is about
 */
public record MetricSet(
    String name,
    String namespace,
    Optional<String> region,
    Duration publicationDelay,
    Duration interval,
    List<ResourceKind> kinds) {

  public MetricSet {
    kinds = List.copyOf(kinds);
  }

  /** The same, asked at another interval. */
  public MetricSet every(Duration other) {
    return new MetricSet(name, namespace, region, publicationDelay, other, kinds);
  }
}
