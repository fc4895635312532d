package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a GetMetricStatistics asks of one metric, which is well formed.
 *
 * @param statistics that are fields of a datapoint
 * @param extended that are entries of its map
 */
record MetricStatistics(
    SeriesKey series, int period, List<String> statistics, List<String> extended) {
  private static final int MOST_DATAPOINTS = 1440;
  private static final int MINUTE = 60;
  private static final int MOST_STATISTICS = 5;
  private static final List<String> STATISTICS =
      List.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");

  /** Of a request for a time that is so long. */
  static MetricStatistics of(Input input, long seconds) {
    var asked =
        new MetricStatistics(
            SeriesKey.of(input),
            input.number("Period", 0),
            input.texts("Statistics"),
            input.texts("ExtendedStatistics"));
    if (asked.period <= 0 || asked.period % MINUTE != 0) {
      throw AwsError.badRequest(
          "InvalidParameterValue", "The double knows whole minutes only, not " + asked.period);
    }
    if (asked.statistics.isEmpty() && asked.extended.isEmpty()) {
      throw AwsError.badRequest(
          "InvalidParameterCombination", "Statistics or ExtendedStatistics is required.");
    }
    if (asked.statistics.size() > MOST_STATISTICS || !STATISTICS.containsAll(asked.statistics)) {
      throw AwsError.badRequest(
          "InvalidParameterValue", "Statistics are five at most: " + asked.statistics);
    }
    if (seconds / asked.period > MOST_DATAPOINTS) {
      throw AwsError.badRequest(
          "InvalidParameterCombination",
          "You have requested up to %d datapoints, which exceeds the limit of %d."
              .formatted(seconds / asked.period, MOST_DATAPOINTS));
    }
    return asked;
  }

  /** Writes the buckets that begin in {@code [from, to)}, of what is seen now. */
  void write(Xml result, Series found, long from, long to, long now) {
    Map<String, Points> simple = points(statistics, found, from, to, now);
    Map<String, Points> percentiles = points(extended, found, from, to, now);
    Points any = (simple.isEmpty() ? percentiles : simple).values().iterator().next();
    result.element(
        "Datapoints",
        list -> {
          for (int i = 0; i < any.size(); i++) {
            int index = i;
            list.element(
                "member",
                point -> {
                  point.text("Timestamp", Instant.ofEpochSecond(any.second(index)));
                  simple.forEach((name, each) -> point.text(name, each.value(index)));
                  if (!percentiles.isEmpty()) {
                    point.list(
                        "ExtendedStatistics",
                        "entry",
                        percentiles.entrySet(),
                        (entry, each) ->
                            entry
                                .text("key", each.getKey())
                                .text("value", each.getValue().value(index)));
                  }
                  point.text("Unit", "None");
                });
          }
        });
    result.text("Label", series.metric());
  }

  private Map<String, Points> points(
      List<String> names, Series found, long from, long to, long now) {
    Map<String, Points> byName = new LinkedHashMap<>();
    for (String name : names) {
      byName.put(name, Points.of(found, from, to, period, Statistic.named(name), now));
    }
    return byName;
  }
}
