package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraInventory;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.Scraper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.rds.RdsClient;

/** What is asked of AWS in one account and region, and how often. */
public final class Polls {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHOWN_AT_LEAST = Duration.ofMinutes(10);
  private static final int SHOWN_FOR_INTERVALS = 5;
  private static final Duration MAINTENANCE = Duration.ofMinutes(15);
  private static final Duration FAILOVERS = Duration.ofMinutes(5);
  private static final Duration SUPPORT = Duration.ofDays(1);

  private Polls() {}

  static PolledTarget of(
      PlaceRules rules,
      InsightsSettings insights,
      Aws aws,
      Discovery discovery,
      LongSupplier nanoClock,
      Clock clock) {
    AwsPlace place = rules.place();
    RdsClient rds = place.client(RdsClient.builder());
    var look = new LastLook();
    var inventory = new InventoryScraper(new AuroraInventory(place), place, discovery, look, clock);
    List<Polled> scrapers = new ArrayList<>();
    scrapers.add(polled(inventory, rules.interval(), nanoClock));
    scrapers.add(polled(new FailoverScraper(rds, look), FAILOVERS, nanoClock));
    scrapers.add(polled(new MaintenanceScraper(rds, look), MAINTENANCE, nanoClock));
    scrapers.add(polled(new EngineSupportScraper(rds), SUPPORT, nanoClock));
    if (insights.enabled()) {
      scrapers.add(
          polled(new InsightsScraper(place, aws, look, insights), insights.interval(), nanoClock));
    }
    return new PolledTarget(
        place.name(),
        ConstantLabels.of(Map.of("account", place.account().name(), "region", place.region())),
        scrapers);
  }

  private static Polled polled(Scraper scraper, Duration interval, LongSupplier nanoClock) {
    Duration shown = interval.multipliedBy(SHOWN_FOR_INTERVALS);
    return new Polled(
        scraper,
        Schedule.every(interval),
        shown.compareTo(SHOWN_AT_LEAST) < 0 ? SHOWN_AT_LEAST : shown,
        PATIENCE,
        nanoClock);
  }

  /** Everything that may be emitted, by the name of the scraper that does. */
  public static Map<String, List<Family<?>>> families() {
    Map<String, List<Family<?>>> all = new LinkedHashMap<>();
    all.put(InventoryScraper.NAME, new ArrayList<>(InventoryFamilies.all()));
    all.put(FailoverScraper.NAME, new ArrayList<>(FailoverScraper.FAMILIES));
    all.put(MaintenanceScraper.NAME, new ArrayList<>(MaintenanceScraper.FAMILIES));
    all.put(EngineSupportScraper.NAME, new ArrayList<>(EngineSupportScraper.FAMILIES));
    all.put(InsightsScraper.NAME, InsightsScraper.FAMILIES);
    return all;
  }
}
