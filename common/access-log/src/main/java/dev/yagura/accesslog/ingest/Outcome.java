package dev.yagura.accesslog.ingest;

/** What became of a log file that was offered. */
enum Outcome {
  /** Counted, and in the ledger. */
  COUNTED,
  /** Its content was counted before; in the ledger. */
  DUPLICATE,
  /** It never will be counted; in the ledger. */
  UNREADABLE,
  /** Not this time. */
  FAILED;

  /** Whether it need not be read again. */
  boolean isFinal() {
    return this != FAILED;
  }

  /** Whether its lines are in the totals. */
  boolean isCounted() {
    return this == COUNTED || this == DUPLICATE;
  }
}
