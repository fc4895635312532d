package dev.yagura.accesslog.ingest;

import dev.yagura.core.scrape.FailureReason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How reading goes. All that counts is durable: it is shown once it is committed and never goes
 * back, not even after a kill.
 *
 * @param objectsCounted log files that were read to their end and counted
 * @param bytesCounted their size as stored
 * @param unreadable log files that never will be, by reason; each reason is there
 * @param duplicatesSkipped log files that were offered, or written anew, after they were counted
 * @param objectsFailed attempts to read a log file that failed and are made again
 * @param pending log files that were offered and are neither counted nor given up
 * @param paused why nothing can be committed at the moment; empty if all is well
 */
public record IngestStatus(
    List<SourceStatus> sources,
    long objectsCounted,
    long bytesCounted,
    Map<UnreadableReason, Long> unreadable,
    long duplicatesSkipped,
    long objectsFailed,
    int pending,
    Optional<Pause> paused) {

  public IngestStatus {
    sources = List.copyOf(sources);
    unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
  }

  /**
   * One source.
   *
   * @param lastSuccess when a look at it last ended well, in this process
   * @param failure the newest; empty if the look after it went well
   * @param failures looks that failed, by reason; each reason is there
   * @param unusableNotifications those that name no log file that can be read
   * @param objectsOffered log files it gave to be read
   * @param lastWholeLook when it last looked at everything, and all of that is counted since
   */
  public record SourceStatus(
      String name,
      Optional<Instant> lastSuccess,
      Optional<Failure> failure,
      Map<FailureReason, Long> failures,
      long unusableNotifications,
      long objectsOffered,
      Optional<Instant> lastWholeLook) {

    public SourceStatus {
      failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    }
  }

  /** Why a look at a source failed; the message is for people and holds no secret. */
  public record Failure(FailureReason reason, String message, Instant at) {}

  /** Since when, and why, nothing can be written to the state. */
  public record Pause(Instant since, String message) {}
}
