package dev.yagura.ecs.environments;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Since when each orphan has been one, as this process saw it: AWS tells the age of neither rules
 * nor target groups. For one thread.
 */
final class OrphanWatch {
  private record Key(OrphanKind kind, String resource) {
    static Key of(Orphan orphan) {
      return new Key(orphan.kind(), orphan.resource());
    }
  }

  private final Map<Key, Instant> since = new HashMap<>();

  /** These are all orphans of these kinds now; of the other kinds nothing is known. */
  void see(Map<OrphanKind, List<Orphan>> orphans, Instant now) {
    Set<Key> present = new HashSet<>();
    orphans.values().stream().flatMap(Collection::stream).map(Key::of).forEach(present::add);
    since.keySet().removeIf(key -> orphans.containsKey(key.kind()) && !present.contains(key));
    present.forEach(key -> since.putIfAbsent(key, now));
  }

  /** Since when; now for one that was not seen. */
  Instant since(Orphan orphan, Instant now) {
    return since.getOrDefault(Key.of(orphan), now);
  }
}
