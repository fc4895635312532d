package dev.yagura.aurorapostgres.scrapers;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes counters of sums over members that come and go. When a member leaves, its sum falls, which
 * Prometheus would take for a restart and add the whole rest again. Here a fall adds nothing: the
 * counter tells of the members that are left what they rose by, and at most that.
 */
final class NeverFalling<K> {
  private record Seen(double sum, double risen) {}

  private final Map<K, Seen> seen = new HashMap<>();

  /** The counter's value after its sum was read; the first sum is its first value. */
  synchronized double next(K key, double sum) {
    Seen now =
        seen.merge(
            key,
            new Seen(sum, sum),
            (before, first) -> new Seen(sum, before.risen() + Math.max(0, sum - before.sum())));
    return now.risen();
  }

  /** Forgets all others, so that what is gone for good holds no memory. */
  synchronized void retain(Set<K> keys) {
    seen.keySet().retainAll(keys);
  }
}
