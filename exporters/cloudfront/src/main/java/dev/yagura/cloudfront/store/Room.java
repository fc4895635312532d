package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.heavy.ObjectTable;

/**
 * How many objects memory has room for, in {@link ObjectTable#units}, so that neither many
 * distributions nor many readers exhaust it.
 *
 * @param ofFile in one file while it is read
 * @param tracked in all distributions together
 */
public record Room(int ofFile, int tracked) {
  /** More than anybody configures. */
  static final Room PLENTY = new Room(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** A name of 63 bytes, ten counters, five errors, and its places in the table. */
  private static final int FILE_BYTES = 256;

  /** The same with five weights, while its arrays grow. */
  private static final int TRACKED_BYTES = 320;

  /**
   * The room in a heap: two fifths of it for what is tracked, a fifth for files that are read.
   *
   * @param heap in bytes
   * @param readers files that are read at once
   */
  public static Room of(long heap, int readers) {
    return new Room(clamp(heap / 5 / readers / FILE_BYTES), clamp(heap / 5 * 2 / TRACKED_BYTES));
  }

  private static int clamp(long units) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(units, 1));
  }
}
