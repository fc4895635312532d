package dev.yagura.core.web;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that answer requests. The JDK's pool begins a thread for each request until it is
 * full; this one begins a thread only where none is idle, and lets requests wait only where it is
 * full. One Prometheus so needs one thread, not sixty-four.
 */
final class RequestThreads {
  private static final int WAITING = 1024;
  private static final int IDLE_SECONDS = 5;

  private RequestThreads() {}

  static ThreadPoolExecutor atMost(int threads) {
    var number = new AtomicInteger();
    var waiting = new IdleFirst();
    return new ThreadPoolExecutor(
        0,
        threads,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        waiting,
        task -> {
          var thread = new Thread(task, "http-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        (task, pool) -> {
          if (pool.isShutdown() || waiting.size() >= WAITING) {
            throw new RejectedExecutionException("too many requests wait");
          }
          waiting.put(task);
        });
  }

  /** A queue that takes a task only if a thread is waiting for one. */
  private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }
}
