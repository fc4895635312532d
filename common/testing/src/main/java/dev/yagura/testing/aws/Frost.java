package dev.yagura.testing.aws;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What holds answers back until it thaws. */
final class Frost {
  private final CountDownLatch thawed = new CountDownLatch(1);

  void thaw() {
    thawed.countDown();
  }

  /** Until it thaws. */
  void hold() {
    try {
      thawed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until it thaws, which it then says, or for this long. */
  boolean hold(Duration atMost) {
    try {
      return thawed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
