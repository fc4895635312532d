package dev.yagura.aws.cloudwatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/**
 * Packs units into as few calls as AWS allows: the statistics of a unit are never parted, and an
 * answer fits into one page, so that nothing is billed twice.
 */
final class Requests {
  static final int MOST_QUERIES = 500;
  static final int MOST_POINTS = 100_800;

  private Requests() {}

  /**
   * A call.
   *
   * @param units in the order of its queries
   */
  record Call(List<Unit> units, long from, long end) {

    /** As AWS takes it; the queries are called {@code q0}, {@code q1} in the order of the units. */
    GetMetricDataRequest request(String namespace, long period) {
      List<MetricDataQuery> queries = new ArrayList<>();
      for (Unit unit : units) {
        Metric metric = metric(namespace, unit);
        for (MetricSpec spec : unit.specs()) {
          queries.add(
              MetricDataQuery.builder()
                  .id("q" + queries.size())
                  .metricStat(
                      MetricStat.builder()
                          .metric(metric)
                          .period((int) period)
                          .stat(spec.statistic())
                          .build())
                  .build());
        }
      }
      return GetMetricDataRequest.builder()
          .startTime(Instant.ofEpochSecond(from))
          .endTime(Instant.ofEpochSecond(end))
          .scanBy(ScanBy.TIMESTAMP_ASCENDING)
          .metricDataQueries(queries)
          .build();
    }

    private static Metric metric(String namespace, Unit unit) {
      List<Dimension> dimensions = new ArrayList<>();
      unit.resource()
          .dimensions()
          .forEach(
              (name, value) -> dimensions.add(Dimension.builder().name(name).value(value).build()));
      return Metric.builder()
          .namespace(namespace)
          .metricName(unit.metric())
          .dimensions(dimensions)
          .build();
    }
  }

  /**
   * The calls that ask all of these.
   *
   * @param otherwise from where on to ask where nothing was missed
   * @param again whether all periods are to be read again that may still change
   */
  static List<Call> pack(List<Unit> units, long otherwise, boolean again, long end, long period) {
    List<Unit> line = new ArrayList<>(units);
    // What lags behind asks for more points, and stands together.
    line.sort(Comparator.comparingLong((Unit unit) -> unit.askFrom(otherwise, again)).reversed());
    List<Call> calls = new ArrayList<>();
    List<Unit> some = new ArrayList<>();
    int queries = 0;
    long from = otherwise;
    for (Unit unit : line) {
      long earliest = Math.min(from, unit.askFrom(otherwise, again));
      int more = queries + unit.specs().size();
      if (!some.isEmpty()
          && (more > MOST_QUERIES || more * ((end - earliest) / period) > MOST_POINTS)) {
        calls.add(new Call(List.copyOf(some), from, end));
        some.clear();
        more = unit.specs().size();
        earliest = unit.askFrom(otherwise, again);
      }
      some.add(unit);
      queries = more;
      from = earliest;
    }
    if (!some.isEmpty()) {
      calls.add(new Call(List.copyOf(some), from, end));
    }
    return calls;
  }
}
