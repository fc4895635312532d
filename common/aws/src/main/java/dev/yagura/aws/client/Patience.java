package dev.yagura.aws.client;

import java.time.Duration;

/**
 * How long a client waits.
 *
 * @param call for a whole call with its repetitions; of a download, until its first byte
 * @param attempt for one attempt
 * @param silence for the next bytes of an answer, also in the middle of a download
 */
public record Patience(Duration call, Duration attempt, Duration silence) {
  /** What does for every operation. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(30));
}
