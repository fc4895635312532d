package dev.yagura.ecs;

import dev.yagura.core.metrics.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the exporter declares with everything turned on, each name once. */
final class Declared {
  private Declared() {}

  static List<Family<?>> families() {
    try (EcsWorld world =
        new EcsWorld(
            "events: {queue_url: \"https://sqs.ap-northeast-1.amazonaws.com/123456789012/q\"},"
                + " environments: {tag: environment}")) {
      world.start();
      Map<String, Family<?>> byName = new LinkedHashMap<>();
      world.exporter().families().forEach(family -> byName.putIfAbsent(family.name(), family));
      return List.copyOf(byName.values());
    }
  }

  /** Those that begin so. */
  static List<Family<?>> families(String prefix) {
    return families().stream().filter(family -> family.name().startsWith(prefix)).toList();
  }
}
