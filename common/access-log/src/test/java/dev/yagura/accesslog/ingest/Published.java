package dev.yagura.accesslog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

/** What was shown in a folder over the lives of several processes. */
final class Published {
  private Published() {}

  /** The last of it; nothing in it is ever less than it was before. */
  static Map<String, Long> withoutStepBack(Path folder) {
    Map<String, Long> before = Map.of();
    for (Map<String, Long> shown : ShownTally.published(folder)) {
      before.forEach(
          (word, lines) -> assertThat(shown.getOrDefault(word, 0L)).isGreaterThanOrEqualTo(lines));
      before = shown;
    }
    return before;
  }
}
