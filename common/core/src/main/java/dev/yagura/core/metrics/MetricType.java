package dev.yagura.core.metrics;

/** What the values of a family mean, in the terms of Prometheus. */
public enum MetricType {
  GAUGE("gauge", 1),
  COUNTER("counter", 0),
  /** A gauge that is always 1 and whose labels carry the answer. */
  INFO("gauge", 1),
  HISTOGRAM("histogram", 4),
  /** Count and sum of observations, without quantiles. */
  SUMMARY("summary", 2),
  UNTYPED("untyped", 3);

  private final String textName;
  private final int protobufNumber;

  MetricType(String textName, int protobufNumber) {
    this.textName = textName;
    this.protobufNumber = protobufNumber;
  }

  /** The word behind {@code # TYPE} in the text format 0.0.4. */
  public String textName() {
    return textName;
  }

  /** The number in {@code io.prometheus.client.MetricType}. */
  int protobufNumber() {
    return protobufNumber;
  }
}
