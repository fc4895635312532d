package dev.yagura.cloudfront.distributions;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.testing.Await;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.CloudFrontDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Accounts of a double of AWS, polled by hand; waiting for one's turn lets its clock go on. */
final class Estate implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final Duration INTERVAL = Duration.ofMinutes(10);
  static final Duration MAX_AGE = Duration.ofMinutes(60);
  static final String DEFAULT = "default";

  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));

  final FakeClock clock = FakeClock.at(NOON);
  final AwsDouble aws = AwsDouble.start(clock);

  /** What is known of the logs. */
  Optional<LogArrivals> arrivals = Optional.empty();

  private final Aws clients;
  private final List<PolledTarget> targets;
  private final TargetGroup group;

  Estate() {
    this(AccountSettings.defaults());
  }

  Estate(AccountSettings... accounts) {
    credentials("AKIATEST");
    clients =
        new Aws(
            new AwsSettings(OptionalDouble.empty(), List.of(accounts), Optional.of(aws.endpoint())),
            SHORT,
            AwsUse.fresh(clock, clock, clock::advance));
    targets =
        Discovery.targets(
            new DiscoverySettings(
                List.of(accounts).stream().map(AccountSettings::name).toList(),
                INTERVAL,
                DiscoverySettings.DEFAULT_LOGS_WITHIN),
            clients,
            () -> arrivals,
            clock,
            clock);
    group = new TargetGroup("cloudfront", targets, System::nanoTime, clock);
  }

  /** What the SDK's default chain finds first. */
  static void credentials(String accessKeyId) {
    System.setProperty("aws.accessKeyId", accessKeyId);
    System.setProperty("aws.secretAccessKey", "secret");
  }

  CloudFrontDouble cloudFront() {
    return aws.account().cloudFront();
  }

  /** Polls what is due. */
  ParsedExposition poll() throws InterruptedException {
    for (PolledTarget target : targets) {
      target.refreshDue();
    }
    return scrape();
  }

  /** Polls again as soon as all is due. */
  ParsedExposition pollLater() throws InterruptedException {
    clock.advance(INTERVAL);
    return poll();
  }

  ParsedExposition scrape() {
    return Expositions.parse(text());
  }

  String text() {
    return Expositions.render(
        group.scrape(
            Optional.empty(), Selection.all(), Deadline.after(Await.PATIENCE, System::nanoTime)));
  }

  /** What a person is told of a scraper; empty if all is well. */
  String trouble(String account, String scraper) {
    return group.status().stream()
        .filter(status -> status.target().equals(account) && status.report() != null)
        .flatMap(status -> status.report().scrapers().stream())
        .filter(report -> report.scraper().equals(scraper))
        .map(ScraperReport::message)
        .filter(message -> message != null)
        .findFirst()
        .orElse("");
  }

  /** Whether the newest refresh of a scraper went well. */
  static boolean success(ParsedExposition scrape, String scraper) {
    return success(scrape, DEFAULT, scraper);
  }

  static boolean success(ParsedExposition scrape, String account, String scraper) {
    return scrape
            .value(
                "yagura_scrape_success",
                "exporter",
                "cloudfront",
                "scraper",
                scraper,
                "target",
                account)
            .orElseThrow()
        == 1;
  }

  static double failures(ParsedExposition scrape, String scraper, String reason) {
    return scrape
        .value(
            "yagura_scrape_failures_total",
            "exporter",
            "cloudfront",
            "scraper",
            scraper,
            "target",
            DEFAULT,
            "reason",
            reason)
        .orElse(0);
  }

  @Override
  public void close() {
    group.close();
    clients.close();
    aws.close();
  }
}
