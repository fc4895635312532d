package dev.yagura.ecs.discovery;

import dev.yagura.ecs.inventory.TaskDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Task definitions of one account and region that were read, the last used ones. For any thread.
 */
public final class DefinitionCache {
  private static final int KEPT = 10_000;

  /**
   * An answer.
   *
   * @param definition empty where there is none
   */
  record Known(Optional<TaskDefinition> definition) {}

  // Guarded by this.
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > KEPT;
        }
      };

  /** What was read; null if nothing was. */
  synchronized @Nullable Known get(String arn) {
    return known.get(arn);
  }

  synchronized void put(String arn, Optional<TaskDefinition> definition) {
    known.put(arn, new Known(definition));
  }
}
