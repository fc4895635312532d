package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraEstate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was last seen in each account and region by this process, over reloads of the configuration:
 * a reload while AWS does not answer must not forget what there is to watch. Places are known by
 * their names. For any thread.
 */
public final class AuroraMemory {
  /** What was seen, and when. */
  record Seen(AuroraEstate estate, Instant at) {}

  // Guarded by this.
  private final Map<String, Seen> byPlace = new HashMap<>();

  /** Of a process that has seen nothing yet. */
  public AuroraMemory() {}

  synchronized void put(String place, Seen seen) {
    byPlace.put(place, seen);
  }

  synchronized Optional<Seen> get(String place) {
    return Optional.ofNullable(byPlace.get(place));
  }
}
