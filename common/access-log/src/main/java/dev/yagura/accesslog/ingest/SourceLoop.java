package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.ingest.IngestStatus.Failure;
import dev.yagura.accesslog.ingest.IngestStatus.SourceStatus;
import dev.yagura.accesslog.source.Inbox;
import dev.yagura.accesslog.source.LogSource;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one source again and again, for one thread. */
final class SourceLoop implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(SourceLoop.class);

  private final LogSource source;
  private final Inbox inbox;
  private final Counters counters;
  private final IngestSettings settings;
  private final Clock clock;
  private final CountDownLatch stopping;
  private final Runnable afterEach;
  private final Set<FailureReason> said = EnumSet.noneOf(FailureReason.class);
  private volatile Optional<Instant> lastSuccess = Optional.empty();
  private volatile Optional<Failure> failure = Optional.empty();

  SourceLoop(
      LogSource source,
      Inbox inbox,
      Counters counters,
      IngestSettings settings,
      Clock clock,
      CountDownLatch stopping,
      Runnable afterEach) {
    this.source = source;
    this.inbox = inbox;
    this.counters = counters;
    this.settings = settings;
    this.clock = clock;
    this.stopping = stopping;
    this.afterEach = afterEach;
  }

  @Override
  public void run() {
    int failures = 0;
    try {
      do {
        failures = look() ? 0 : failures + 1;
        afterEach.run();
      } while (!stopping.await(pause(failures).toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      // The process ends.
    }
  }

  private Duration pause(int failures) {
    Duration pause = source.pause();
    if (failures == 0) {
      return pause;
    }
    Duration longer = Postponed.pause(failures, settings.firstPause(), settings.longestPause());
    return longer.compareTo(pause) > 0 ? longer : pause;
  }

  private boolean look() throws InterruptedException {
    try {
      source.poll(inbox);
      succeeded();
      return true;
    } catch (ScrapeException e) {
      failed(e);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (stopping.getCount() > 0) {
        failed(new ScrapeException(FailureReason.BUG, e.getClass().getSimpleName(), e));
      }
    }
    return false;
  }

  private void succeeded() {
    lastSuccess = Optional.of(clock.instant());
    failure = Optional.empty();
    if (!said.isEmpty()) {
      said.clear();
      logger.info("{} answers again", source.name());
    }
  }

  private void failed(ScrapeException e) {
    String message = String.valueOf(e.getMessage());
    failure = Optional.of(new Failure(e.reason(), message, clock.instant()));
    counters.add(Counters.Name.SOURCE_FAILURES, source.name(), e.reason().label(), 1);
    if (!said.add(e.reason())) {
      return;
    }
    if (e.reason() == FailureReason.BUG) {
      logger.error("{}: looking for log files failed, bug", source.name(), e);
    } else {
      logger.warn(
          "{}: looking for log files failed, {}: {}", source.name(), e.reason().label(), message);
    }
  }

  SourceStatus status() {
    String name = source.name();
    Map<FailureReason, Long> failures = new EnumMap<>(FailureReason.class);
    for (FailureReason reason : FailureReason.values()) {
      failures.put(reason, counters.get(Counters.Name.SOURCE_FAILURES, name, reason.label()));
    }
    return new SourceStatus(
        name,
        lastSuccess,
        failure,
        failures,
        counters.get(Counters.Name.UNUSABLE, name, ""),
        counters.get(Counters.Name.OFFERED, name, ""),
        inbox.lastWholeLook(name));
  }
}
