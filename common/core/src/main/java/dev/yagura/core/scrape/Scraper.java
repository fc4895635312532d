package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import java.util.List;

/** Asks one upstream one question, within a deadline, and answers with an immutable snapshot. */
public interface Scraper {
  /** Stable name: configuration key, {@code scraper} label value and golden-file name. */
  String name();

  /**
   * Every family this scraper may emit; checked at start, printed in the reference. A name that
   * ends in an underscore stands for all that begin with it.
   */
  List<? extends Family<?>> families();

  /**
   * Reads the upstream once.
   *
   * @throws UnsupportedException if this upstream cannot answer at all
   * @throws Exception if any part of the answer is missing; a partial answer is never returned
   */
  Snapshot scrape(Deadline deadline) throws Exception;
}
