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
 * @param maxResources of each kind in each region; more are not asked for, and that is said
 */
public record MetricSet(
    String name,
    String namespace,
    Optional<String> region,
    Duration publicationDelay,
    Duration interval,
    int maxResources,
    List<ResourceKind> kinds) {

  /** Enough for most, and a bound on what a mistake costs. */
  public static final int MAX_RESOURCES = 2_000;

  public MetricSet {
    kinds = List.copyOf(kinds);
  }

  /** A set with the usual bound. */
  public MetricSet(
      String name,
      String namespace,
      Optional<String> region,
      Duration publicationDelay,
      Duration interval,
      List<ResourceKind> kinds) {
    this(name, namespace, region, publicationDelay, interval, MAX_RESOURCES, kinds);
  }

  /** The same, asked at another interval and for no more resources than this. */
  public MetricSet with(Duration otherInterval, int otherMax) {
    return new MetricSet(name, namespace, region, publicationDelay, otherInterval, otherMax, kinds);
  }
}
