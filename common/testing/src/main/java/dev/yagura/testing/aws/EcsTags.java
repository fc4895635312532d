package dev.yagura.testing.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tags as ECS writes them. */
final class EcsTags {
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Adds a tag to those that these fields already have from here. */
  void put(Fields fields, String key, String value) {
    values.put(key, value);
    put(fields, values);
  }

  static void put(Fields fields, Map<String, String> tags) {
    List<Fields> written =
        tags.entrySet().stream()
            .map(tag -> new Fields().set("key", tag.getKey()).set("value", tag.getValue()))
            .toList();
    fields.list("tags", "member", written);
  }
}
