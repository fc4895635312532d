package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraEstate;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the inventory of a place last gave, for those who tell more of the same resources. */
final class LastLook {
  private final AtomicReference<@Nullable AuroraEstate> estate = new AtomicReference<>();

  void set(AuroraEstate seen) {
    estate.set(seen);
  }

  /**
   * The clusters and instances.
   *
   * @throws ScrapeException if they were never seen
   */
  AuroraEstate get() throws ScrapeException {
    AuroraEstate seen = estate.get();
    if (seen == null) {
      throw new ScrapeException(
          FailureReason.UNREACHABLE, "waits for the first answer of " + InventoryScraper.NAME);
    }
    return seen;
  }
}
