package dev.yagura.core.web.security;

import java.util.function.LongSupplier;

/** Lets through one in each interval and a burst after a pause. */
final class TokenBucket {
  private final RateLimit limit;
  private final LongSupplier nanoClock;
  private double tokens;
  private long filledAt;

  TokenBucket(RateLimit limit, LongSupplier nanoClock) {
    this.limit = limit;
    this.nanoClock = nanoClock;
    this.tokens = limit.burst();
    this.filledAt = nanoClock.getAsLong();
  }

  RateLimit limit() {
    return limit;
  }

  synchronized boolean tryTake() {
    long now = nanoClock.getAsLong();
    double earned = (double) (now - filledAt) / limit.intervalNanos();
    tokens = Math.min(limit.burst(), tokens + Math.max(0, earned));
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
