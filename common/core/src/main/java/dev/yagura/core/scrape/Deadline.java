package dev.yagura.core.scrape;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The instant by which a scrape must have answered, on a monotonic clock. */
public final class Deadline {
  private final LongSupplier nanoClock;
  private final long endNanos;

  private Deadline(LongSupplier nanoClock, long endNanos) {
    this.nanoClock = nanoClock;
    this.endNanos = endNanos;
  }

  /** The instant this long after now; the clock counts nanoseconds from any origin. */
  public static Deadline after(Duration budget, LongSupplier nanoClock) {
    return new Deadline(nanoClock, nanoClock.getAsLong() + budget.toNanos());
  }

  /** An earlier one, so that what is waited for can still be told in time. */
  public Deadline earlierBy(Duration reserve) {
    return new Deadline(nanoClock, endNanos - reserve.toNanos());
  }

  /** Time left; zero, never negative, once the deadline has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - nanoClock.getAsLong()));
  }

  public boolean hasPassed() {
    return endNanos - nanoClock.getAsLong() <= 0;
  }
}
