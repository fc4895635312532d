package dev.yagura.aurorapostgres.scrapers;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote last in a cluster, and how often that was somebody new.
 *
 * @param writer the last one seen; null before the first
 * @param seenAtNanos when it was seen, or the first look as long as there was none
 * @param changes how often a look showed another writer than the last one seen
 */
record AuroraWriterHistory(@Nullable String writer, long seenAtNanos, long changes) {

  /** Before the first look. */
  static AuroraWriterHistory begin(long nanos) {
    return new AuroraWriterHistory(null, nanos, 0);
  }

  /**
   * After a look; a cluster without a writer keeps the last one, so that its return is no change.
   */
  AuroraWriterHistory look(@Nullable String found, long nanos) {
    if (found == null) {
      return this;
    }
    boolean changed = writer != null && !writer.equals(found);
    return new AuroraWriterHistory(found, nanos, changed ? changes + 1 : changes);
  }

  double secondsWithoutWriter(long nanos) {
    return (nanos - seenAtNanos) / 1e9;
  }
}
