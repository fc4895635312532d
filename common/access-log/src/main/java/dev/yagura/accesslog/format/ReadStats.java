package dev.yagura.accesslog.format;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How reading a file went.
 *
 * @param lines that hold a request, malformed ones included
 * @param bytes that were read, unpacked
 * @param malformed lines by why they were not counted; without those that did not occur
 */
public record ReadStats(long lines, long bytes, Map<Malformed, Long> malformed) {
  public ReadStats {
    malformed =
        malformed.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(malformed));
  }
}
