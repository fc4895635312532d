package dev.yagura.testing.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * CloudWatch's metrics of an account in a region. What is published is counted into the statistic
 * set of its minute from the moment on at which it becomes visible.
 */
public final class CloudWatchDouble implements ServiceDouble {
  private static final int MOST_POINTS = 100_800;
  private static final int METRICS_OF_A_PAGE = 500;
  private static final Duration TO_THE_MINUTE = Duration.ofDays(15);

  private record Metric(String namespace, String name) {}

  private final Clock clock;
  private final Map<SeriesKey, Series> series = new LinkedHashMap<>();
  private final Map<String, Duration> delays = new HashMap<>();
  private final Map<Metric, StatusCode> statusCodes = new HashMap<>();
  private int pointsOfAPage = MOST_POINTS;

  CloudWatchDouble(Scope scope) {
    clock = scope.clock();
  }

  /**
   * Adds a sample to a minute. It is visible at once, or where its namespace has a {@link
   * #publicationDelay} so long after the end of the minute.
   */
  public synchronized void publish(
      String namespace,
      String metric,
      Map<String, String> dimensions,
      Instant minute,
      double value) {
    Instant start = minute.truncatedTo(ChronoUnit.MINUTES);
    Instant visible =
        Optional.ofNullable(delays.get(namespace))
            .map(delay -> start.plus(1, ChronoUnit.MINUTES).plus(delay))
            .orElse(Instant.MIN);
    publishLate(namespace, metric, dimensions, minute, value, visible);
  }

  /** Adds a sample to a minute that no query sees before this time, as a correction is. */
  public synchronized void publishLate(
      String namespace,
      String metric,
      Map<String, String> dimensions,
      Instant minute,
      double value,
      Instant visibleFrom) {
    series
        .computeIfAbsent(new SeriesKey(namespace, metric, dimensions), key -> new Series())
        .add(
            minute.truncatedTo(ChronoUnit.MINUTES).getEpochSecond(),
            value,
            secondFrom(visibleFrom));
  }

  /** What is published to a namespace from now on is visible this long after its minute. */
  public synchronized void publicationDelay(String namespace, Duration delay) {
    delays.put(namespace, delay);
  }

  /** The sum of all samples with {@code from <= minute < to}, whether they are visible or not. */
  public synchronized double trueSum(
      String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to) {
    Series found = series.get(new SeriesKey(namespace, metric, dimensions));
    return found == null ? 0 : found.sum(from.getEpochSecond(), to.getEpochSecond());
  }

  /** No page of GetMetricData has more points than this, whatever the caller asks for. */
  public synchronized void pageSize(int points) {
    pointsOfAPage = points;
  }

  /** From now on, results of this metric have this status, and the points that go with it. */
  public synchronized void statusCode(String namespace, String metric, StatusCode status) {
    statusCodes.put(new Metric(namespace, metric), status);
  }

  @Override
  public synchronized Answer answer(Call call) {
    return switch (call.operation()) {
      case "GetMetricData" -> data(call);
      case "GetMetricStatistics" -> statistics(call);
      case "ListMetrics" ->
          MetricList.of(call, series, clock.instant().getEpochSecond(), METRICS_OF_A_PAGE);
      default -> throw ServiceDouble.unknown(call);
    };
  }

  private Answer data(Call call) {
    Input input = call.input();
    List<MetricQuery> queries =
        MetricQuery.all(input).stream().filter(MetricQuery::returned).toList();
    long now = clock.instant().getEpochSecond();
    long from = time(input, "StartTime").getEpochSecond();
    long to = secondFrom(time(input, "EndTime"));
    if (from >= to) {
      throw AwsError.badRequest("ValidationError", "StartTime must be before EndTime.");
    }
    boolean oldestFirst = input.text("ScanBy", "").equals("TimestampAscending");
    var page =
        new MetricDataPages(
            queries,
            query -> find(query, roundedDown(from, now), to, oldestFirst, now),
            Page.Token.of(input.text("NextToken")),
            Math.min(pointsOfAPage, input.number("MaxDatapoints", MOST_POINTS)));
    return call.result(page::write);
  }

  private Answer statistics(Call call) {
    Input input = call.input();
    long now = clock.instant().getEpochSecond();
    long from = time(input, "StartTime").getEpochSecond();
    long to = secondFrom(time(input, "EndTime"));
    if (from >= to) {
      throw AwsError.badRequest(
          "InvalidParameterValue", "The parameter StartTime must be less than EndTime.");
    }
    var asked = MetricStatistics.of(input, to - from);
    Series found = series.getOrDefault(asked.series(), new Series());
    return call.result(xml -> asked.write(xml, found, roundedDown(from, now), to, now));
  }

  private MetricDataPages.Found find(
      MetricQuery query, long from, long to, boolean oldestFirst, long now) {
    SeriesKey key = query.series();
    Series found = series.get(key);
    Points points =
        found == null
            ? new Points()
            : Points.of(found, from, to, query.period(), query.statistic(), now);
    Points ordered = oldestFirst ? points : points.reversed();
    StatusCode status =
        statusCodes.getOrDefault(new Metric(key.namespace(), key.metric()), StatusCode.COMPLETE);
    return new MetricDataPages.Found(query, ordered.first(status.of(points.size())), status);
  }

  private static Instant time(Input input, String name) {
    input.required(name);
    return Objects.requireNonNull(input.instant(name));
  }

  /** The first whole second that is not before this. */
  private static long secondFrom(Instant at) {
    return at.getNano() == 0 ? at.getEpochSecond() : at.getEpochSecond() + 1;
  }

  /** Starts are rounded down: to a minute, or to five if they are old. */
  private static long roundedDown(long second, long now) {
    long unit = now - second < TO_THE_MINUTE.toSeconds() ? 60 : 300;
    return Math.floorDiv(second, unit) * unit;
  }
}
