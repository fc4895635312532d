package dev.yagura.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {
  @Test
  void requestsThatComeOneAfterAnotherShareOneThread() throws Exception {
    var pool = RequestThreads.atMost(8);
    try {
      for (int i = 0; i < 50; i++) {
        var done = new CountDownLatch(1);
        pool.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        while (pool.getActiveCount() > 0) {
          Thread.onSpinWait();
        }
      }
      assertThat(pool.getLargestPoolSize()).isLessThanOrEqualTo(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void beyondTheBoundRequestsWaitAndAreAnswered() throws Exception {
    var pool = RequestThreads.atMost(2);
    try {
      var hold = new CountDownLatch(1);
      var answered = new CountDownLatch(10);
      for (int i = 0; i < 10; i++) {
        pool.execute(
            () -> {
              try {
                hold.await();
                answered.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
      }
      assertThat(pool.getPoolSize()).isEqualTo(2);
      hold.countDown();
      assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      pool.shutdownNow();
    }
  }
}
