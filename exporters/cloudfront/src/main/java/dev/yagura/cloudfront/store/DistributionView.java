package dev.yagura.cloudfront.store;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted of one distribution; does not change.
 *
 * @param totals of all requests
 * @param results requests by {@code x-edge-result-type}
 * @param responseResults requests by {@code x-edge-response-result-type}
 * @param timeTaken by {@code x-edge-result-type}, in the buckets of {@link
 *     dev.yagura.cloudfront.count.LatencyBuckets}
 * @param firstByte time to first byte, likewise
 * @param members the objects that are shown, each exact since it is tracked; none is called {@code
 *     other}
 * @param other of requests for objects that were no members when their file was counted
 * @param bounds how much an object that is not tracked may have of each of {@link Order#WEIGHTS},
 *     in its unit, where requests fade with the half-life before the newest one
 * @param trackedObjects how many there are
 */
public record DistributionView(
    Counts totals,
    Map<String, Long> results,
    Map<String, Long> responseResults,
    Map<String, Histogram> timeTaken,
    Map<String, Histogram> firstByte,
    Map<String, Counts> members,
    Counts other,
    Map<Order, Double> bounds,
    int trackedObjects,
    LogFigures logs) {

  public DistributionView {
    results = sorted(results);
    responseResults = sorted(responseResults);
    timeTaken = sorted(timeTaken);
    firstByte = sorted(firstByte);
    members = sorted(members);
    bounds = sorted(bounds);
  }

  /**
   * Whether a column can be known: not if no line had the column of the log that tells it, as in
   * the years before there was one.
   */
  public boolean knows(Column column) {
    return column
        .toldBy()
        .map(told -> logs.missingColumns().getOrDefault(told, 0L))
        .map(missing -> missing == 0 || missing < totals.get(Column.REQUESTS))
        .orElse(true);
  }

  /** In one order, so that one state looks one way. */
  static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
