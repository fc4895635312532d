package dev.yagura.aws.cloudwatch;

import dev.yagura.core.scrape.ScrapeException;
import org.jspecify.annotations.Nullable;

/** The first of several failures, which do not keep the rest from going on. */
final class Failures {
  private @Nullable ScrapeException first;

  void add(ScrapeException failure) {
    if (first == null) {
      first = failure;
    }
  }

  void throwFirst() throws ScrapeException {
    if (first != null) {
      throw first;
    }
  }
}
