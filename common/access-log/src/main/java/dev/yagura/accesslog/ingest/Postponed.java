package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.ObjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that could not be read a moment ago, and when to try each again. It remembers the
 * latest few thousand; one that is forgotten is just read earlier.
 */
final class Postponed {
  private static final int MOST = 10_000;
  private static final int MOST_DOUBLINGS = 20;

  private record Attempt(int number, Instant notBefore) {}

  private final Clock clock;
  private final Duration first;
  private final Duration longest;
  private final Map<ObjectId, Attempt> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Attempt> eldest) {
          return size() > MOST;
        }
      };

  Postponed(Clock clock, Duration first, Duration longest) {
    this.clock = clock;
    this.first = first;
    this.longest = longest;
  }

  synchronized boolean isPostponed(ObjectId id) {
    Attempt attempt = attempts.get(id);
    return attempt != null && clock.instant().isBefore(attempt.notBefore);
  }

  /** It failed; each time in a row doubles the wait. */
  synchronized void failed(ObjectId id) {
    Attempt before = attempts.get(id);
    int number = before == null ? 1 : before.number + 1;
    attempts.put(id, new Attempt(number, clock.instant().plus(pause(number, first, longest))));
  }

  /** There is nothing to be gained from reading it before this instant. */
  synchronized void until(ObjectId id, Instant notBefore) {
    attempts.put(id, new Attempt(1, notBefore));
  }

  synchronized void forget(ObjectId id) {
    attempts.remove(id);
  }

  /** How long to wait after the nth failure in a row: doubled each time, up to the longest. */
  static Duration pause(int failures, Duration first, Duration longest) {
    Duration pause = first.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }

  @Nullable Instant notBefore(ObjectId id) {
    synchronized (this) {
      Attempt attempt = attempts.get(id);
      return attempt == null ? null : attempt.notBefore;
    }
  }
}
