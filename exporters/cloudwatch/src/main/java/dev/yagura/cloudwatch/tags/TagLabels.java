package dev.yagura.cloudwatch.tags;

import dev.yagura.core.config.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keys of tags as names of labels. */
public final class TagLabels {
  private TagLabels() {}

  /** The label of a tag: {@code tag_cost_center} for {@code Cost-Center}. */
  static String label(String key) {
    return "tag_" + key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }

  /** The keys under {@code tags}, with a complaint where two would be one label. */
  public static List<String> read(Section section) {
    List<String> keys = section.texts("tags", List.of());
    Map<String, String> seen = new HashMap<>();
    for (String key : keys) {
      String other = seen.putIfAbsent(label(key), key);
      if (other != null) {
        section.problem("tags", other + " and " + key + " would both be " + label(key));
      }
    }
    return keys;
  }
}
