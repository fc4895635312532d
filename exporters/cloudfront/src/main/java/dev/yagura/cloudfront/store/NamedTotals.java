package dev.yagura.cloudfront.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Totals of one distribution by name, as they are stored; knows which have changed. */
final class NamedTotals {
  private final TreeMap<String, Long> values = new TreeMap<>();
  private final Set<String> changed = new HashSet<>();

  /** Takes one as it is stored. */
  void restore(String name, long value) {
    values.put(name, value);
  }

  void add(String name, long more) {
    if (more != 0) {
      values.merge(name, more, Long::sum);
      changed.add(name);
    }
  }

  void atLeast(String name, long value) {
    if (value > get(name)) {
      values.put(name, value);
      changed.add(name);
    }
  }

  /** 0 if nothing was counted under this name. */
  long get(String name) {
    return values.getOrDefault(name, 0L);
  }

  /** Those whose names begin so, by the rest of their names. */
  Map<String, Long> under(String prefix) {
    Map<String, Long> found = new TreeMap<>();
    values
        .subMap(prefix, prefix + Character.MAX_VALUE)
        .forEach((name, value) -> found.put(name.substring(prefix.length()), value));
    return found;
  }

  /** Those that have changed since the last call. */
  Map<String, Long> changes() {
    Map<String, Long> news = new HashMap<>();
    changed.forEach(name -> news.put(name, get(name)));
    changed.clear();
    return news;
  }
}
