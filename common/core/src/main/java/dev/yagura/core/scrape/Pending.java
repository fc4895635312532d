package dev.yagura.core.scrape;

import dev.yagura.core.metrics.Samples;
import java.util.List;

/** A scrape that has been started, so that others can be started before it is waited for. */
@FunctionalInterface
public interface Pending {
  /** Waits for the answer; never past the scrape's deadline. */
  List<Samples> await();
}
