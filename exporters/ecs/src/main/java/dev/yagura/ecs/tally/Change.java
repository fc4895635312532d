package dev.yagura.ecs.tally;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes different, all of it or nothing.
 *
 * @param keys that are known from now on, and when what they stand for happened, in seconds
 * @param counters as they are from now on
 * @param since from when on things are counted, where that is new
 * @param oldKeys that are forgotten
 * @param oldSeries that are forgotten
 * @param counted the keys, as they were told, of what was counted
 * @param tooOld how many happened before that
 */
record Change(
    Where where,
    Map<Key, Long> keys,
    Map<Series, Counter> counters,
    Map<Where, Instant> since,
    Map<Where, Set<Key>> oldKeys,
    Map<Where, List<Series>> oldSeries,
    Set<String> counted,
    long tooOld) {

  boolean isNothing() {
    return keys.isEmpty() && since.isEmpty();
  }
}
