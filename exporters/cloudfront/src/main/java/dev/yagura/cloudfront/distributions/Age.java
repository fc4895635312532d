package dev.yagura.cloudfront.distributions;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long what was read is good for. */
record Age(Duration most, LongSupplier nanoClock) {
  /** A moment, to be kept with what is read. */
  long now() {
    return nanoClock.getAsLong();
  }

  /** Whether what was read at this moment is too old. */
  boolean isPast(long readAt) {
    return nanoClock.getAsLong() - readAt > most.toNanos();
  }
}
