package dev.yagura.cloudfront.distributions;

import dev.yagura.core.scrape.ScrapeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of an account's distributions, which one scraper reads and the others build on. For the
 * thread that polls.
 */
final class Inventory {
  private final CloudFrontApi api;
  private @Nullable List<ListedDistribution> newest;
  private @Nullable ScrapeException failure;

  Inventory(CloudFrontApi api) {
    this.api = api;
  }

  /** Reads the list anew. */
  List<ListedDistribution> read() throws ScrapeException, InterruptedException {
    try {
      List<ListedDistribution> fresh = api.list();
      newest = fresh;
      failure = null;
      return fresh;
    } catch (ScrapeException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * The list as it was last read.
   *
   * @throws ScrapeException why it could not be read; an older one would make what is built on it
   *     look younger than it is
   */
  List<ListedDistribution> newest() throws ScrapeException, InterruptedException {
    if (failure != null) {
      throw failure;
    }
    return newest == null ? read() : newest;
  }
}
