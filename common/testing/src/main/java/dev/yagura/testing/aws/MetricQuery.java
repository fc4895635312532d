package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One query of a GetMetricData, which is well formed. */
record MetricQuery(
    String id, String label, boolean returned, SeriesKey series, int period, Statistic statistic) {
  private static final int MOST = 500;
  private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");
  private static final Set<Integer> SHORT_PERIODS = Set.of(1, 5, 10, 30);

  static List<MetricQuery> all(Input input) {
    List<Input> written = input.structures("MetricDataQueries");
    if (written.isEmpty()) {
      throw invalid("MetricDataQueries is required.");
    }
    if (written.size() > MOST) {
      throw invalid("MetricDataQueries has " + written.size() + " members, more than " + MOST);
    }
    Set<String> ids = new HashSet<>();
    List<MetricQuery> queries = new ArrayList<>();
    for (Input each : written) {
      MetricQuery query = of(each);
      if (!ids.add(query.id())) {
        throw invalid("Two of MetricDataQueries have the Id " + query.id());
      }
      queries.add(query);
    }
    return queries;
  }

  private static MetricQuery of(Input query) {
    String id = query.required("Id");
    if (!ID.matcher(id).matches()) {
      throw invalid("The Id does not begin with a small letter, or is no word: " + id);
    }
    if (!query.has("MetricStat")) {
      throw invalid("The double knows queries with a MetricStat only; " + id + " has none.");
    }
    Input stat = query.structure("MetricStat");
    int period = stat.number("Period", 0);
    if (!SHORT_PERIODS.contains(period) && (period <= 0 || period % 60 != 0)) {
      throw invalid("A Period is 1, 5, 10, 30 or a multiple of 60 seconds, not " + period);
    }
    SeriesKey series = SeriesKey.of(stat.structure("Metric"));
    return new MetricQuery(
        id,
        query.text("Label", series.metric()),
        !query.text("ReturnData", "true").equals("false"),
        series,
        period,
        Statistic.named(stat.required("Stat")));
  }

  private static AwsError invalid(String why) {
    return AwsError.badRequest("ValidationError", why);
  }
}
