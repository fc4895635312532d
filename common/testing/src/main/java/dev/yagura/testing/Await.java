package dev.yagura.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread or process brings about. */
public final class Await {
  /** Long enough for any machine; only a test that fails waits for all of it. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /** Waits until the condition holds; false if it still does not after this time. */
  public static boolean until(Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /**
   * Waits until the condition holds, within {@link #PATIENCE}.
   *
   * @throws AssertionError that says what was waited for, if it never does
   */
  public static void until(String what, BooleanSupplier condition) {
    if (!until(PATIENCE, condition)) {
      throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain until " + what);
    }
  }
}
