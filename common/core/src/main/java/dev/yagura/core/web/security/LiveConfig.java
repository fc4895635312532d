package dev.yagura.core.web.security;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force, read again when its files change. One that cannot be used leaves the
 * last good one in force and is tried again until it can.
 */
final class LiveConfig {
  private static final Logger log = LoggerFactory.getLogger(LiveConfig.class);
  private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final LongSupplier nanoClock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile InForce current;
  private volatile long lookedAt;
  private List<String> broken = List.of();

  private LiveConfig(Path file, LongSupplier nanoClock) {
    this.file = file;
    this.nanoClock = nanoClock;
    this.lookedAt = nanoClock.getAsLong();
    this.current = InForce.load(file, nanoClock);
    current.config().notes().forEach(note -> log.warn("{}: {}", file, note));
  }

  static LiveConfig load(Path file, LongSupplier nanoClock) {
    return new LiveConfig(file, nanoClock);
  }

  InForce current() {
    if (nanoClock.getAsLong() - lookedAt >= BETWEEN_LOOKS && looking.tryLock()) {
      try {
        lookedAt = nanoClock.getAsLong();
        look();
      } finally {
        looking.unlock();
      }
    }
    return current;
  }

  private void look() {
    // Held against the last good files, so that broken ones are tried again at each look.
    if (!current.files().changed()) {
      return;
    }
    try {
      current = current.reload(file, nanoClock);
      broken = List.of();
      log.info("{} and its files have changed and are in force", file);
    } catch (WebConfigException e) {
      stayWith(e.problems());
    } catch (RuntimeException e) {
      stayWith(List.of(file + ": " + e));
    }
  }

  private void stayWith(List<String> problems) {
    if (!problems.equals(broken)) {
      log.warn("The last good web config stays in force: {}", String.join("; ", problems));
    }
    broken = problems;
  }
}
