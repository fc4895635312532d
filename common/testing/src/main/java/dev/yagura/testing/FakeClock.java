package dev.yagura.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A wall clock and a clock of nanoseconds that stand still until they are advanced by hand. */
public final class FakeClock extends Clock implements LongSupplier {
  private final Instant start;
  private final AtomicLong nanos;
  private final ZoneId zone;

  private FakeClock(Instant start, AtomicLong nanos, ZoneId zone) {
    this.start = start;
    this.nanos = nanos;
    this.zone = zone;
  }

  /** A clock that shows this instant, in UTC. */
  public static FakeClock at(Instant start) {
    return new FakeClock(start, new AtomicLong(), ZoneOffset.UTC);
  }

  /** Lets this much time pass on both clocks. */
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  /** Nanoseconds since it was made, as {@link System#nanoTime} counts them from anywhere. */
  @Override
  public long getAsLong() {
    return nanos.get();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock in another zone: to advance one advances both. */
  @Override
  public FakeClock withZone(ZoneId other) {
    return new FakeClock(start, nanos, other);
  }
}
