package dev.yagura.accesslog.source;

import java.time.Instant;
import java.util.Optional;

/** Takes what sources find. Its methods may be called by any thread. */
public interface Inbox {
  /**
   * Whether this version was counted already, is being counted, or cannot be read whatever one
   * does. For sources that list the same files again and again.
   */
  boolean isKnown(ObjectId id);

  /**
   * Takes a file to be read; waits while all readers are busy.
   *
   * @param delivery is told once how it went, by another thread or at once
   */
  void offer(LogObject object, Delivery delivery) throws InterruptedException;

  /** When this source last ended a look at everything, over all starts of the process. */
  Optional<Instant> lastWholeLook(String source);

  /**
   * Notes that everything that was there at this instant has been offered; it becomes {@link
   * #lastWholeLook} when all of that is committed.
   */
  void wholeLook(String source, Instant began);

  /** Counts a notification that names no object that can be read, for the source's metrics. */
  void unusableNotification(String source);
}
