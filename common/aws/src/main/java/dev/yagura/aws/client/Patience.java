package dev.yagura.aws.client;

import java.time.Duration;

/**
 * How long a client waits, and how often it tries.
 *
 * @param call for a whole call with its repetitions; of a download, until its first byte
 * @param attempt for one attempt
 * @param silence for the next bytes of an answer, also in the middle of a download
 * @param attempts at most, where a repetition may help
 */
public record Patience(Duration call, Duration attempt, Duration silence, int attempts) {
  /** What does for every operation. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(30));

  /** With three attempts. */
  public Patience(Duration call, Duration attempt, Duration silence) {
    this(call, attempt, silence, 3);
  }
}
