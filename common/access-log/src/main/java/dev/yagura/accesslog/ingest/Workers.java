package dev.yagura.accesslog.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Threads that are stopped together. */
final class Workers {
  private final List<Thread> threads = new ArrayList<>();

  void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Interrupts all and waits for them; they share the time. */
  void stop(Duration atMost) throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(atMost.toNanos() / threads.size(), 1));
    }
  }
}
