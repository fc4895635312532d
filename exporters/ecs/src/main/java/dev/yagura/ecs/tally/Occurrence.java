package dev.yagura.ecs.tally;

import java.time.Instant;
import java.util.List;

/**
 * Something that happened once.
 *
 * @param key by which it is known again, however it is told
 * @param at by AWS' clock
 * @param counts the counters that it adds one to
 */
public record Occurrence(String key, Instant at, List<Series> counts) {

  public Occurrence {
    counts = List.copyOf(counts);
  }
}
