package dev.yagura.ecs.loadbalancers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one may count on after the refreshes of late. Tags are read every quarter of an hour, and
 * take some calls of the refreshes in which they are, so the worst ones tell. For one thread.
 */
final class RecentRefreshes {
  private static final int MOST = 10;

  /** A computer that slept did not refresh slowly. */
  private static final Duration LONGEST = LoadBalancerReaders.PATIENCE.multipliedBy(2);

  private final Deque<Duration> intervals = new ArrayDeque<>();
  private final Deque<Integer> calls = new ArrayDeque<>();
  private @Nullable Instant begun;

  /** A refresh begins. */
  void begin(Instant now) {
    if (begun != null) {
      Duration interval = Duration.between(begun, now);
      add(intervals, interval.compareTo(LONGEST) < 0 ? interval : LONGEST);
    }
    begun = now;
  }

  /** A refresh could make so many calls; not of one that failed before. */
  void made(int number) {
    add(calls, number);
  }

  private static <T> void add(Deque<T> recent, T newest) {
    recent.addLast(newest);
    if (recent.size() > MOST) {
      recent.removeFirst();
    }
  }

  /** The fewest calls that one could make, or this many. */
  int fewestCalls(int now) {
    return calls.isEmpty() ? now : Math.min(now, Collections.min(calls));
  }

  /**
   * After which something that is read in turn with others is no longer known: two refreshes after
   * its next turn, but not before the age of everything.
   *
   * @param refreshes until each has had its turn
   */
  Duration maxAge(int refreshes) {
    Duration interval = LoadBalancerReaders.INTERVAL;
    for (Duration each : intervals) {
      interval = each.compareTo(interval) > 0 ? each : interval;
    }
    Duration next = interval.multipliedBy(refreshes + 2L);
    return next.compareTo(LoadBalancerReaders.MAX_AGE) > 0 ? next : LoadBalancerReaders.MAX_AGE;
  }
}
