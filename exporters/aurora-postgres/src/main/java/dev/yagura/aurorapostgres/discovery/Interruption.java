package dev.yagura.aurorapostgres.discovery;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;

/** A thread that is to end while it logs in. */
final class Interruption {
  private Interruption() {}

  /** As a failure, for callers that know no interruption; the thread still is to end. */
  static ScrapeException failed(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ScrapeException(FailureReason.TIMEOUT, "no time was left to " + what, e);
  }
}
