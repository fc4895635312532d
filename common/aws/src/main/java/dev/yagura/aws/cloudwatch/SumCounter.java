package dev.yagura.aws.cloudwatch;

import java.util.Arrays;

/**
 * A counter made of the sums of periods. What a period adds is replaced when it is read again, so a
 * value that comes late or is corrected counts once, however often it is asked. A period older than
 * the horizon is settled and changes no more. Not for several threads.
 */
final class SumCounter {
  private final long seconds;
  private double settled;
  private long open;
  private double[] recent;
  private double shown;
  private long until;

  /** A counter at zero, for periods of this length that begin at this time or later. */
  SumCounter(long seconds, long origin) {
    this(seconds, 0, origin, new double[0], 0, origin);
  }

  /**
   * A counter as it was.
   *
   * @param settled sum of all periods before {@code open}
   * @param open where the first period begins that may still change
   * @param recent the periods from there on
   * @param shown the largest value so far
   * @param until where the newest period ends that was asked
   */
  SumCounter(long seconds, double settled, long open, double[] recent, double shown, long until) {
    this.seconds = seconds;
    this.settled = settled;
    this.open = open;
    this.recent = recent.clone();
    this.shown = shown;
    this.until = until;
  }

  /** Takes what CloudWatch says of a period now; one that is settled stays as it is. */
  void put(long start, double value) {
    if (start < open) {
      return;
    }
    int index = Math.toIntExact((start - open) / seconds);
    if (index >= recent.length) {
      recent = Arrays.copyOf(recent, index + 1);
    }
    recent[index] = value;
  }

  /**
   * Notes that all periods up to this time were asked, and settles those before the horizon.
   *
   * @param horizon aligned to the period, and not later
   */
  void askedUntil(long end, long horizon) {
    until = Math.max(until, end);
    if (horizon > open) {
      int old = (int) Math.min(recent.length, (horizon - open) / seconds);
      for (int i = 0; i < old; i++) {
        settled += recent[i];
      }
      recent = Arrays.copyOfRange(recent, old, recent.length);
      open = horizon;
    }
    shown = Math.max(shown, total());
  }

  /** Settles all periods before this time, as what lies so far back is not asked any more. */
  void forgetBefore(long time) {
    if (time > open) {
      askedUntil(Math.max(until, time), time);
    }
  }

  private double total() {
    double total = settled;
    for (double value : recent) {
      total += value;
    }
    return total;
  }

  /**
   * The counter's value. A correction downwards is made up by what comes next: a counter never
   * falls.
   */
  double value() {
    return shown;
  }

  /** Where the newest period ends that was asked. */
  long until() {
    return until;
  }

  long seconds() {
    return seconds;
  }

  double settled() {
    return settled;
  }

  long open() {
    return open;
  }

  double[] recent() {
    return recent.clone();
  }

  /** The same total, counted on in periods of another length; what was read is settled. */
  SumCounter inPeriodsOf(Periods periods) {
    return new SumCounter(
        periods.seconds(), total(), periods.alignUp(until), new double[0], shown, until);
  }
}
