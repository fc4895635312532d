package dev.yagura.cloudfront.distributions;

import dev.yagura.core.scrape.ScrapeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest list of an account's distributions, which one scraper reads and the others build on.
 * For the thread that polls.
 */
final class Inventory {
  private final CloudFrontApi api;
  private final Age age;
  private @Nullable List<ListedDistribution> newest;
  private long readAt;
  private @Nullable ScrapeException failure;

  Inventory(CloudFrontApi api, Age age) {
    this.api = api;
    this.age = age;
  }

  /** Reads the list anew; a failure leaves the one before. */
  List<ListedDistribution> read() throws ScrapeException, InterruptedException {
    try {
      List<ListedDistribution> fresh = api.list();
      newest = fresh;
      readAt = age.now();
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
   * @throws ScrapeException if there is none that is young enough: why the list cannot be read
   */
  List<ListedDistribution> newest() throws ScrapeException, InterruptedException {
    List<ListedDistribution> known = newest;
    if (known != null && !age.isPast(readAt)) {
      return known;
    }
    if (failure != null) {
      throw failure;
    }
    return read();
  }
}
