package dev.yagura.core.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric family, and how its samples are read off rows of type {@code R}: a declaration, not a
 * procedure. A value of {@code null} gives no sample, never a zero.
 */
public final class Family<R> {

  /** Reads a value off a row; {@code null} where the upstream did not tell. */
  @FunctionalInterface
  public interface Value<R> {
    @Nullable Number of(R row);
  }

  /** Reads a distribution off a row; {@code null} where the upstream did not tell. */
  @FunctionalInterface
  public interface Distributed<R> {
    @Nullable Distribution of(R row);
  }

  private final MetricType type;
  private final String name;
  private final String help;
  private final LabelSet<R> labels;
  private final Value<R> value;
  private final Distributed<R> distribution;

  private Family(
      MetricType type,
      String name,
      String help,
      LabelSet<R> labels,
      Value<R> value,
      Distributed<R> distribution) {
    Names.checkMetric(name);
    if (!help.endsWith(".")) {
      throw new IllegalArgumentException("the help of " + name + " does not end in a full stop");
    }
    this.type = type;
    this.name = name;
    this.help = help;
    this.labels = labels;
    this.value = value;
    this.distribution = distribution;
  }

  private static <R> Family<R> scalar(MetricType type, String name, String help, Value<R> value) {
    return new Family<>(type, name, help, LabelSet.none(), value, row -> null);
  }

  private static <R> Family<R> distributed(
      MetricType type, String name, String help, Distributed<R> distribution) {
    return new Family<>(type, name, help, LabelSet.none(), row -> null, distribution);
  }

  /** A value that can go up and down. */
  public static <R> Family<R> gauge(String name, String help, Value<R> value) {
    return scalar(MetricType.GAUGE, name, help, value);
  }

  /** A value that only grows until its source is reset. */
  public static <R> Family<R> counter(String name, String help, Value<R> value) {
    return scalar(MetricType.COUNTER, name, help, value);
  }

  /** A value whose kind the source does not tell. */
  public static <R> Family<R> untyped(String name, String help, Value<R> value) {
    return scalar(MetricType.UNTYPED, name, help, value);
  }

  /**
   * A constant 1 whose labels carry the answer.
   *
   * @throws IllegalArgumentException if the name does not end in {@code _info}
   */
  public static <R> Family<R> info(String name, String help) {
    if (!name.endsWith("_info")) {
      throw new IllegalArgumentException("an info family must end in _info: " + name);
    }
    return scalar(MetricType.INFO, name, help, row -> 1);
  }

  /** Observations counted into buckets. */
  public static <R> Family<R> histogram(String name, String help, Distributed<R> distribution) {
    return distributed(MetricType.HISTOGRAM, name, help, distribution);
  }

  /** Count and sum of observations. */
  public static <R> Family<R> summary(String name, String help, Distributed<R> distribution) {
    return distributed(MetricType.SUMMARY, name, help, distribution);
  }

  /** This family under another name. */
  public Family<R> named(String other) {
    return new Family<>(type, other, help, labels, value, distribution);
  }

  /** This family with these labels in place of its own. */
  public Family<R> labels(LabelSet<R> these) {
    return new Family<>(type, name, help, these, value, distribution);
  }

  /** This family with one label more; families of many rows share a {@link LabelSet} instead. */
  public Family<R> label(String label, LabelSet.Value<R> from) {
    return labels(labels.and(label, from));
  }

  /** All of these families with the same labels. */
  public static <R> List<Family<R>> labelled(LabelSet<R> labels, List<Family<R>> families) {
    return families.stream().map(family -> family.labels(labels)).toList();
  }

  public MetricType type() {
    return type;
  }

  /** The name as it is exposed, a counter's {@code _total} included. */
  public String name() {
    return name;
  }

  public String help() {
    return help;
  }

  public LabelSet<R> labels() {
    return labels;
  }

  @Nullable Number value(R row) {
    return value.of(row);
  }

  @Nullable Distribution distribution(R row) {
    return distribution.of(row);
  }

  /** Throws what reading this row's value would throw. */
  void verify(R row) {
    value.of(row);
    distribution.of(row);
  }

  boolean isDistribution() {
    return type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
  }

  @Override
  public String toString() {
    return type.textName() + " " + name + labels.names();
  }
}
