package dev.yagura.cloudfront.distributions;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.util.ArrayList;
import java.util.List;

/** Which distributions there are, and what their list tells of them. */
final class DistributionsScraper implements Scraper {
  static final String NAME = "distributions";

  private static final List<Family<ListedDistribution>> INFO =
      List.of(
          Family.<ListedDistribution>info(
                  "cloudfront_distribution_info",
                  "A distribution: DomainName, its first item of Aliases, PriceClass and"
                      + " HttpVersion of ListDistributions, as last polled; 1.")
              .labels(
                  LabelSet.of("distribution", ListedDistribution::id)
                      .and("domain", ListedDistribution::domain)
                      .and("alias", ListedDistribution::alias)
                      .and("price_class", ListedDistribution::priceClass)
                      .and("http_version", ListedDistribution::httpVersion)));

  private static final List<Family<ListedDistribution>> STATES =
      Family.labelled(
          LabelSet.of("distribution", ListedDistribution::id),
          List.of(
              Family.gauge(
                  "cloudfront_distribution_enabled",
                  "Whether it serves viewers (1) or not (0), by Enabled of ListDistributions,"
                      + " as last polled.",
                  one -> one.enabled() ? 1 : 0),
              Family.gauge(
                  "cloudfront_distribution_deployed",
                  "Whether its newest configuration is at all edges (1) or on its way (0), by"
                      + " Status of ListDistributions, as last polled.",
                  one -> one.deployed() ? 1 : 0),
              Family.gauge(
                  "cloudfront_distribution_last_modified_timestamp_seconds",
                  "When its configuration was last changed, by LastModifiedTime of"
                      + " ListDistributions, as last polled, in seconds since 1970.",
                  one -> one.lastModified().getEpochSecond())));

  private record Alias(String distribution, String name) {}

  private static final List<Family<Alias>> ALIASES =
      List.of(
          Family.<Alias>info(
                  "cloudfront_distribution_alias_info",
                  "An alternate domain name of a distribution, each of Aliases of"
                      + " ListDistributions, as last polled; 1.")
              .labels(LabelSet.of("distribution", Alias::distribution).and("alias", Alias::name)));

  private final Inventory inventory;

  DistributionsScraper(Inventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return declared();
  }

  static List<Family<?>> declared() {
    List<Family<?>> all = new ArrayList<>();
    List.of(INFO, ALIASES, STATES).forEach(all::addAll);
    return all;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<ListedDistribution> listed = inventory.read();
    List<Alias> aliases = new ArrayList<>();
    for (ListedDistribution one : listed) {
      one.aliases().forEach(alias -> aliases.add(new Alias(one.id(), alias)));
    }
    return Snapshot.join(
        List.of(
            Snapshot.of(INFO, listed), Snapshot.of(ALIASES, aliases), Snapshot.of(STATES, listed)));
  }
}
