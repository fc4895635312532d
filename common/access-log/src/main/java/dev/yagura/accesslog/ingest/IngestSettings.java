package dev.yagura.accesslog.ingest;

import java.time.Duration;

/**
 * How log files are read.
 *
 * @param readers how many at once
 * @param truncatedGrace how old a file that ends in its middle is when nothing more is expected
 * @param firstPause after a failure; doubled with each in a row
 * @param longestPause between two attempts
 * @param closeWithin how long a file that is being read may take to end when the process is stopped
 */
public record IngestSettings(
    int readers,
    Duration truncatedGrace,
    Duration firstPause,
    Duration longestPause,
    Duration closeWithin) {

  /** As many readers as wanted, and what serves everywhere. */
  public static IngestSettings withReaders(int readers) {
    return new IngestSettings(
        readers,
        Duration.ofHours(1),
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        Duration.ofSeconds(10));
  }

  public IngestSettings {
    if (readers < 1) {
      throw new IllegalArgumentException("at least one reader, not " + readers);
    }
  }
}
