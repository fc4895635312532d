package dev.yagura.ecs.loadbalancers;

import dev.yagura.core.scrape.ScrapeException;
import org.jspecify.annotations.Nullable;

/** Steps of which one may fail without the others; the first failure is told. For one thread. */
final class FirstFailure {
  /** Something that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws ScrapeException, InterruptedException;
  }

  private @Nullable ScrapeException first;

  /** Does this, and keeps its failure for later. */
  void keepOf(Step step) throws InterruptedException {
    try {
      step.run();
    } catch (ScrapeException e) {
      keep(e);
    }
  }

  void keep(ScrapeException failure) {
    if (first == null) {
      first = failure;
    }
  }

  /** To be called when everything is done that can be. */
  void tell() throws ScrapeException {
    if (first != null) {
      throw first;
    }
  }
}
