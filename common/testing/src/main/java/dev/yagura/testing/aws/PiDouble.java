package dev.yagura.testing.aws;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Performance Insights of an account in a region. */
public final class PiDouble implements ServiceDouble {
  private static final int LARGEST_PAGE = 1_000;

  private record Key(String resource, String metric, Map<String, String> dimensions) {}

  private final Map<Key, Series> series = new LinkedHashMap<>();

  PiDouble(Scope scope) {}

  /**
   * Adds a value to a second of a metric.
   *
   * @param resourceId such as the DbiResourceId of an instance
   * @param dimensions such as {@code db.wait_event.name}; none for the metric as a whole
   */
  public synchronized void publish(
      String resourceId, String metric, Map<String, String> dimensions, Instant at, double value) {
    series
        .computeIfAbsent(new Key(resourceId, metric, Map.copyOf(dimensions)), key -> new Series())
        .add(at.truncatedTo(ChronoUnit.SECONDS).getEpochSecond(), value, Long.MIN_VALUE);
  }

  @Override
  public synchronized Answer answer(Call call) {
    if (!call.operation().equals("GetResourceMetrics")) {
      throw ServiceDouble.unknown(call);
    }
    Input input = call.input();
    int period = input.number("PeriodInSeconds", 60);
    long from = aligned(input, "StartTime", period);
    long to = aligned(input, "EndTime", period);
    if (from >= to) {
      throw AwsError.badRequest("InvalidArgumentException", "StartTime is not before EndTime.");
    }
    List<Map<String, Object>> metrics = new ArrayList<>();
    for (Input query : input.structures("MetricQueries")) {
      asked(input.required("Identifier"), query)
          .forEach(key -> metrics.add(metric(key, from, to, period)));
    }
    Page<Map<String, Object>> page =
        Page.of(metrics, input.text("NextToken"), input.number("MaxResults", LARGEST_PAGE));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("AlignedStartTime", from);
    body.put("AlignedEndTime", to);
    body.put("Identifier", input.required("Identifier"));
    body.put("MetricList", page.items());
    if (page.next() != null) {
      body.put("NextToken", page.next());
    }
    return call.json(body);
  }

  private static long aligned(Input input, String name, int period) {
    input.required(name);
    long second = Objects.requireNonNull(input.instant(name)).getEpochSecond();
    return Math.floorDiv(second, period) * period;
  }

  /** The metric as a whole, and its parts by the group that the query names, up to its limit. */
  private List<Key> asked(String resource, Input query) {
    Input group = query.structure("GroupBy");
    String prefix = group.text("Group", "") + ".";
    List<Key> ofMetric =
        series.keySet().stream()
            .filter(key -> key.resource().equals(resource))
            .filter(key -> key.metric().equals(query.required("Metric")))
            .toList();
    List<Key> found = new ArrayList<>();
    ofMetric.stream().filter(key -> key.dimensions().isEmpty()).forEach(found::add);
    ofMetric.stream()
        .filter(key -> !key.dimensions().isEmpty())
        .filter(key -> key.dimensions().keySet().stream().allMatch(d -> d.startsWith(prefix)))
        .limit(group.number("Limit", 10))
        .forEach(found::add);
    return found;
  }

  private Map<String, Object> metric(Key key, long from, long to, int period) {
    Points points =
        Points.of(
            Objects.requireNonNull(series.get(key)),
            from,
            to,
            period,
            Statistic.named("Average"),
            Long.MAX_VALUE);
    List<Map<String, Object>> written = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      written.add(Map.of("Timestamp", points.second(i), "Value", points.value(i)));
    }
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("Metric", key.metric());
    if (!key.dimensions().isEmpty()) {
      named.put("Dimensions", key.dimensions());
    }
    return Map.of("Key", named, "DataPoints", written);
  }
}
