package dev.yagura.cloudfront.distributions;

import java.time.Instant;
import java.util.Map;

/**
 * What is known of the logs that arrive, while they are looked for and counted without fault.
 *
 * @param since when this process began to look for them
 * @param newest time of the newest request that was counted, by the name that the logs give their
 *     distribution: its id, unless the files do not tell it
 */
public record LogArrivals(Instant since, Map<String, Instant> newest) {
  public LogArrivals {
    newest = Map.copyOf(newest);
  }
}
