package dev.yagura.cloudfront.distributions;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsAccount;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes a target of each account whose distributions are to be listed. */
public final class Discovery {
  /** How many intervals an answer outlives. */
  private static final int INTERVALS_SHOWN = 6;

  /** With one refresh: enough for some 1,500 distributions, each asked for by itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DiscoverySettings settings;
  private final Supplier<Optional<LogArrivals>> arrivals;
  private final Clock clock;
  private final LongSupplier nanoClock;

  private Discovery(
      DiscoverySettings settings,
      Supplier<Optional<LogArrivals>> arrivals,
      Clock clock,
      LongSupplier nanoClock) {
    this.settings = settings;
    this.arrivals = arrivals;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /**
   * The accounts, called by their names, not started yet.
   *
   * @param aws has all accounts that the settings name, and is to be closed after the targets
   * @param arrivals what is known of the logs; nothing while they are not counted, or not all
   * @throws IllegalArgumentException if there is no such account
   */
  public static List<PolledTarget> targets(
      DiscoverySettings settings,
      Aws aws,
      Supplier<Optional<LogArrivals>> arrivals,
      Clock clock,
      LongSupplier nanoClock) {
    var discovery = new Discovery(settings, arrivals, clock, nanoClock);
    return settings.accounts().stream()
        .map(
            name ->
                aws.account(name)
                    .map(discovery::target)
                    .orElseThrow(
                        () -> new IllegalArgumentException("no account is called " + name)))
        .toList();
  }

  /** What a target may emit, but for its constant label {@code account}. */
  public static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    all.addAll(DistributionsScraper.declared());
    all.addAll(LoggingScraper.declared());
    all.addAll(CertificatesScraper.declared());
    return all;
  }

  private PolledTarget target(AwsAccount account) {
    var api = new CloudFrontApi(account);
    var inventory = new Inventory(api);
    return new PolledTarget(
        account.name(),
        ConstantLabels.of(Map.of("account", account.name())),
        List.of(
            polled(new DistributionsScraper(inventory)),
            polled(
                new LoggingScraper(inventory, api, settings.logsExpectedWithin(), arrivals, clock)),
            polled(new CertificatesScraper(inventory, api, nanoClock))));
  }

  private Duration maxAge() {
    return settings.interval().multipliedBy(INTERVALS_SHOWN);
  }

  private Polled polled(Scraper scraper) {
    Schedule schedule = Schedule.every(settings.interval());
    return new Polled(scraper, schedule, maxAge(), PATIENCE, nanoClock);
  }

  /** What is read by then is kept, so the next attempt goes on from there. */
  static void checkTime(Deadline deadline, String action) throws ScrapeException {
    if (deadline.hasPassed()) {
      throw new ScrapeException(
          FailureReason.TIMEOUT, action + " is not through yet, the rest is asked soon");
    }
  }
}
