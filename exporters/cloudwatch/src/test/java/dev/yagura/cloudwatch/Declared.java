package dev.yagura.cloudwatch;

import dev.yagura.core.metrics.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the exporter declares with every curated set, each name once. */
final class Declared {
  private Declared() {}

  static List<Family<?>> families() throws Exception {
    try (World world = World.of().start()) {
      Map<String, Family<?>> byName = new LinkedHashMap<>();
      world.exporter().families().forEach(family -> byName.putIfAbsent(family.name(), family));
      return List.copyOf(byName.values());
    }
  }

  /** Those that begin so. */
  static List<Family<?>> families(String prefix) throws Exception {
    return families().stream().filter(family -> family.name().startsWith(prefix)).toList();
  }
}
