package dev.yagura.accesslog.ingest;

import java.util.Locale;

/** Why a file will never be counted: a closed set, for a label. */
public enum UnreadableReason {
  /** It is no log that can be read. */
  FORMAT,
  /** It ends in its middle, and has for a long time. */
  TRUNCATED,
  /**
   * It begins with all that was counted of it before it was finished: to count the rest as well
   * would count the beginning twice.
   */
  GREW,
  /** A fault of ours; the log has its trace. */
  BUG;

  /** The value of the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
