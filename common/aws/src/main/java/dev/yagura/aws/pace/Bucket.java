package dev.yagura.aws.pace;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A token bucket. Who comes when it is empty takes a token of the future and waits for it, so that
 * all are served in the order in which they came.
 */
final class Bucket {
  private static final double SLOWEST = 1.0 / 64;
  private static final double ONE_STEP_UP = 0.05;
  private static final double STEP_NANOS = 10e9;

  /** What is throttled together is one answer, not several. */
  private static final double NANOS_BETWEEN_HALVINGS = 1e9;

  private final double burst;
  private final double perSecond;
  private final LongSupplier nanoClock;

  // Guarded by this.
  private double tokens;
  private double factor = 1;
  private long refilled;
  private long halved;
  private boolean slow;

  Bucket(double burst, double perSecond, LongSupplier nanoClock) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
    this.tokens = burst;
    this.refilled = nanoClock.getAsLong();
  }

  /**
   * Takes some tokens.
   *
   * @return how long to wait before it may be used; empty if that is longer than the most that one
   *     would wait, and then nothing is taken
   */
  synchronized Optional<Duration> take(double some, Duration atMost) {
    refill();
    double wanted = Math.min(some, burst);
    double nanos = tokens >= wanted ? 0 : (wanted - tokens) / (perSecond * factor) * 1e9;
    if (nanos > atMost.toNanos()) {
      return Optional.empty();
    }
    tokens -= wanted;
    return Optional.of(Duration.ofNanos((long) Math.ceil(nanos)));
  }

  synchronized void slowDown() {
    refill();
    long now = nanoClock.getAsLong();
    if (slow && now - halved < NANOS_BETWEEN_HALVINGS) {
      return;
    }
    factor = Math.max(SLOWEST, factor / 2);
    tokens = Math.min(tokens, 1);
    halved = now;
    slow = true;
  }

  synchronized double rate() {
    refill();
    return perSecond * factor;
  }

  private void refill() {
    long now = nanoClock.getAsLong();
    double nanos = now - refilled;
    refilled = now;
    tokens = Math.min(burst, tokens + nanos / 1e9 * perSecond * factor);
    if (slow) {
      factor = Math.min(1, factor + ONE_STEP_UP * nanos / STEP_NANOS);
      slow = factor < 1;
    }
  }
}
