package dev.yagura.aws.cloudwatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one resource with all of its statistics: what CloudWatch bills once if it is asked
 * in one call. Used by one thread.
 */
final class Unit {
  private final Resource resource;
  private final String metric;
  private final List<MetricSpec> specs;
  private final @Nullable SumCounter[] counters;
  private final double[] gauges;
  private final long[] gaugeEnds;
  private long until;

  /** A unit that was asked never. */
  Unit(Resource resource, String metric, List<MetricSpec> specs) {
    this.resource = resource;
    this.metric = metric;
    this.specs = specs;
    this.counters = new SumCounter[specs.size()];
    this.gauges = new double[specs.size()];
    this.gaugeEnds = new long[specs.size()];
  }

  Resource resource() {
    return resource;
  }

  String metric() {
    return metric;
  }

  List<MetricSpec> specs() {
    return specs;
  }

  /** Gives a statistic that is added up its counter. */
  void countOn(int spec, SumCounter counter) {
    counters[spec] = counter;
    until = until == 0 ? counter.until() : Math.min(until, counter.until());
  }

  @Nullable SumCounter counter(int spec) {
    return counters[spec];
  }

  /** Where the newest period ends that was asked; 0 before the first. */
  long until() {
    return until;
  }

  /**
   * From where on to ask: from the first period that may still change a counter.
   *
   * @param otherwise where there is no counter
   */
  long askFrom(long otherwise) {
    long from = otherwise;
    for (SumCounter counter : counters) {
      if (counter != null) {
        from = Math.min(from, counter.open());
      }
    }
    return from;
  }

  /** Gives up on periods before this time. */
  void forgetBefore(long time) {
    for (SumCounter counter : counters) {
      if (counter != null) {
        counter.forgetBefore(time);
      }
    }
  }

  /** Takes a value of a period that begins at this time. */
  void put(int spec, long start, double value, long seconds) {
    double scaled = specs.get(spec).scaled(value);
    SumCounter counter = counters[spec];
    if (counter != null) {
      counter.put(start, scaled);
    } else if (start + seconds > gaugeEnds[spec]) {
      gaugeEnds[spec] = start + seconds;
      gauges[spec] = scaled;
    }
  }

  /** Notes that everything up to this time was answered in whole. */
  void askedUntil(long end, long horizon) {
    until = end;
    for (SumCounter counter : counters) {
      if (counter != null) {
        counter.askedUntil(end, horizon);
      }
    }
  }

  /** What a statistic says now. */
  Reading reading(int spec) {
    SumCounter counter = counters[spec];
    return counter != null
        ? new Reading(counter.value(), until)
        : new Reading(gauges[spec], gaugeEnds[spec]);
  }

  /**
   * A value.
   *
   * @param end of the newest period that it is about; 0 if there is none
   */
  record Reading(double value, long end) {}
}
