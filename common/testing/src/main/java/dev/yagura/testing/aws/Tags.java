package dev.yagura.testing.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tags of a resource. */
final class Tags {
  private final Map<String, String> values = new LinkedHashMap<>();

  synchronized void put(String key, String value) {
    values.put(key, value);
  }

  /** As structures with a Key and a Value. */
  synchronized List<Fields> fields() {
    return values.entrySet().stream()
        .map(tag -> new Fields().set("Key", tag.getKey()).set("Value", tag.getValue()))
        .toList();
  }
}
