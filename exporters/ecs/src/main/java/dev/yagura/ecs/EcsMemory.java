package dev.yagura.ecs;

import dev.yagura.ecs.discovery.DefinitionCache;
import dev.yagura.ecs.tally.Tally;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows over reloads: what it counted where there is no state folder, and task
 * definitions that it read. One for a process. For any thread.
 */
public final class EcsMemory {
  // Guarded by this.
  private @Nullable Tally tally;
  private final Map<String, DefinitionCache> definitions = new HashMap<>();

  /** The one tally in memory. */
  synchronized Tally tally(Clock serverTime, LongSupplier nanoClock) {
    Tally made = tally;
    if (made == null) {
      made = Tally.inMemory(serverTime, nanoClock);
      tally = made;
    }
    return made;
  }

  /** Task definitions of these accounts and regions, by their names; those of others go. */
  synchronized Map<String, DefinitionCache> definitions(Collection<String> places) {
    definitions.keySet().retainAll(places);
    places.forEach(place -> definitions.computeIfAbsent(place, made -> new DefinitionCache()));
    return Map.copyOf(definitions);
  }
}
