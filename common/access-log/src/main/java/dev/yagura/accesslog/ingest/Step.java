package dev.yagura.accesslog.ingest;

/** Where the process may be killed: between any two of these. */
enum Step {
  OFFERED,
  OPENED,
  READ,
  LEDGER_WRITTEN,
  ADDED,
  COMMITTED,
  PUBLISHED,
  ACKNOWLEDGED;

  /** Told of each step, by the thread that takes it; tests kill there. */
  interface Observer {
    Observer NONE = step -> {};

    void at(Step step);
  }
}
