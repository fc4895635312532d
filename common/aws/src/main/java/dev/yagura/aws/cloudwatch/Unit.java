package dev.yagura.aws.cloudwatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one resource with all of its statistics: what CloudWatch bills once if it is asked
 * in one call. Used by one thread.
 */
final class Unit {
  private final ResourceKind kind;
  private final Resource resource;
  private final String metric;
  private final List<MetricSpec> specs;
  private final @Nullable SumCounter[] counters;
  private final double[] gauges;
  private final long[] gaugeEnds;
  private final @Nullable Reading[] saved;
  private long until;
  private boolean isNew;
  private boolean answered;

  /** A unit that was asked never. */
  Unit(ResourceKind kind, Resource resource, String metric, List<MetricSpec> specs) {
    this.kind = kind;
    this.saved = new Reading[specs.size()];
    this.resource = resource;
    this.metric = metric;
    this.specs = specs;
    this.counters = new SumCounter[specs.size()];
    this.gauges = new double[specs.size()];
    this.gaugeEnds = new long[specs.size()];
  }

  ResourceKind kind() {
    return kind;
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

  /**
   * Gives a statistic that is added up its counter.
   *
   * @param fresh whether nobody has seen it yet
   */
  void countOn(int spec, SumCounter counter, boolean fresh) {
    isNew |= fresh;
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
   * From where on to ask.
   *
   * @param otherwise where nothing was missed and nothing is to be read again
   * @param again whether all periods are to be read again that may still change
   */
  long askFrom(long otherwise, boolean again) {
    long from = otherwise;
    for (SumCounter counter : counters) {
      if (counter != null) {
        from = Math.min(from, again ? counter.open() : Math.max(counter.open(), counter.until()));
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
    SumCounter counter = counters[spec];
    if (counter != null) {
      counter.put(start, value);
    } else if (start + seconds > gaugeEnds[spec]) {
      gaugeEnds[spec] = start + seconds;
      gauges[spec] = specs.get(spec).scaled(value);
    }
  }

  /**
   * Notes that everything up to this time was answered in whole.
   *
   * @param horizon before which periods change no more
   */
  void askedUntil(long end, long horizon) {
    until = end;
    answered = true;
    for (SumCounter counter : counters) {
      if (counter != null) {
        counter.askedUntil(end, horizon);
      }
    }
  }

  /**
   * Lets the counters be seen as they are now, as they are saved. One that is new is 0 for once:
   * what it has counted already would otherwise be its first value, which no rate sees.
   */
  void publish() {
    for (int i = 0; i < counters.length; i++) {
      SumCounter counter = counters[i];
      if (counter != null) {
        double value = isNew ? 0 : specs.get(i).scaled(counter.value());
        saved[i] = new Reading(value, until);
      }
    }
    isNew &= !answered; // Before that nothing is shown that anybody could see grow.
  }

  /** What a statistic says now; of a counter what was saved. */
  Reading reading(int spec) {
    Reading counted = saved[spec];
    return counters[spec] != null
        ? (counted == null ? Reading.NONE : counted)
        : new Reading(gauges[spec], gaugeEnds[spec]);
  }

  /**
   * A value.
   *
   * @param end of the newest period that it is about; 0 if there is none
   */
  record Reading(double value, long end) {
    static final Reading NONE = new Reading(0, 0);
  }
}
