package dev.yagura.aurorapostgres.discovery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote last in a cluster, how often that was somebody new, and when that was noticed.
 *
 * @param writer the last one seen; null before the first
 * @param changes how often a look showed another writer than the last one seen
 * @param changed when the last change was noticed; null before the first
 */
record WriterHistory(@Nullable String writer, long changes, @Nullable Instant changed) {

  /** Before the first look. */
  static WriterHistory begin() {
    return new WriterHistory(null, 0, null);
  }

  /**
   * After a look; a cluster without a writer keeps the last one, so that its return is no change.
   *
   * @param found the instance's resource id; null if nobody writes
   */
  WriterHistory look(@Nullable String found, Instant now) {
    if (found == null || found.equals(writer)) {
      return this;
    }
    return writer == null
        ? new WriterHistory(found, changes, changed)
        : new WriterHistory(found, changes + 1, now);
  }
}
