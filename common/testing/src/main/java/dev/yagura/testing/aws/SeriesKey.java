package dev.yagura.testing.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** A metric with exactly these dimensions. */
record SeriesKey(String namespace, String metric, Map<String, String> dimensions) {
  SeriesKey {
    dimensions = Map.copyOf(dimensions);
  }

  /** That of a request's Metric structure. */
  static SeriesKey of(Input metric) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (Input dimension : metric.structures("Dimensions")) {
      dimensions.put(dimension.required("Name"), dimension.required("Value"));
    }
    return new SeriesKey(metric.required("Namespace"), metric.required("MetricName"), dimensions);
  }
}
