package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.discovery.AuroraMemory;
import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.page.Answer;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.core.suite.ReloadStatus;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.DbInstance;
import dev.yagura.testing.aws.RdsDouble;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A double of AWS, its clock, and an exporter that discovers there when the test says so. */
final class Cloud implements AutoCloseable {
  static final String REGION = "eu-central-1";
  static final String PLACE = "default/" + REGION;
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  /** Nobody listens there. */
  static final int NOBODY = 1;

  final FakeClock clock = FakeClock.at(NOON);
  final AwsDouble aws = AwsDouble.start(clock);
  final Aws client;
  private final AuroraMemory memory = new AuroraMemory();
  private final AuroraPostgresConfig config;
  private AuroraPostgresExporter exporter;

  private Cloud(
      OptionalDouble budget, String section, List<AccountSettings> accounts, Making making) {
    credentials();
    var settings = new AwsSettings(budget, accounts, Optional.of(aws.endpoint()));
    client = new Aws(settings, Patience.USUAL, AwsUse.fresh(clock, clock, clock::advance));
    try {
      config =
          ConfigFile.parse(
              "test.yml",
              section,
              Map.of("PG_PASSWORD", "right"),
              root -> AuroraPostgresConfig.read(root, Map.of(), settings));
      exporter =
          making.make(
              config, () -> new ReloadStatus(true, Instant.EPOCH), client, memory, clock, clock);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @FunctionalInterface
  private interface Making {
    AuroraPostgresExporter make(
        AuroraPostgresConfig config,
        Supplier<ReloadStatus> reload,
        Aws aws,
        AuroraMemory memory,
        LongSupplier nanoClock,
        Clock clock);
  }

  /** Looks at AWS only when told to. */
  static Cloud of(String section) {
    return new Cloud(
        OptionalDouble.empty(), section, List.of(account("default")), AuroraPostgresExporter::new);
  }

  /** Looks at AWS by itself. */
  static Cloud started(String section) {
    return new Cloud(
        OptionalDouble.empty(),
        section,
        List.of(account("default")),
        AuroraPostgresExporter::started);
  }

  /** With a bound on what a month may cost, in dollars. */
  static Cloud withBudget(double dollars, String section) {
    return new Cloud(
        OptionalDouble.of(dollars),
        section,
        List.of(account("default")),
        AuroraPostgresExporter::new);
  }

  /** Of these accounts. */
  static Cloud of(String section, AccountSettings... accounts) {
    return new Cloud(
        OptionalDouble.empty(), section, List.of(accounts), AuroraPostgresExporter::new);
  }

  /** One that is used with the process' own credentials. */
  static AccountSettings account(String name) {
    return new AccountSettings(
        name, Optional.empty(), Optional.empty(), Optional.empty(), "yagura", List.of(REGION));
  }

  /** One whose role is assumed. */
  static AccountSettings account(String name, String roleArn) {
    return new AccountSettings(
        name, Optional.empty(), Optional.of(roleArn), Optional.empty(), "yagura", List.of(REGION));
  }

  /** The default chain looks here first; nobody checks them. */
  static void credentials() {
    System.setProperty("aws.accessKeyId", "AKIATEST");
    System.setProperty("aws.secretAccessKey", "test");
    System.setProperty("aws.disableEc2Metadata", "true");
  }

  RdsDouble rds() {
    return aws.account().rds(REGION);
  }

  /** An instance that nobody answers for, in a cluster that is made with the first. */
  DbInstance instance(String cluster, String id) {
    return instance(cluster, id, NOBODY);
  }

  /** An instance at this port of 127.0.0.1, in a cluster that is made with the first. */
  DbInstance instance(String cluster, String id, int port) {
    try {
      return rds().addInstance(cluster, id).endpoint("127.0.0.1", port);
    } catch (IllegalArgumentException e) {
      rds().addCluster(cluster);
      return rds().addInstance(cluster, id).endpoint("127.0.0.1", port);
    }
  }

  AuroraPostgresExporter exporter() {
    return exporter;
  }

  /** Loads the same configuration anew; AWS is not asked. */
  void reload() {
    AuroraPostgresExporter before = exporter;
    exporter =
        new AuroraPostgresExporter(
            config, () -> new ReloadStatus(true, Instant.EPOCH), client, memory, clock, clock);
    before.close();
  }

  /** Asks AWS what is due. */
  void look() {
    try {
      for (PolledTarget each : exporter.polled()) {
        each.refreshDue();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets the usual interval pass, and asks AWS what is due. */
  void lookLater() {
    clock.advance(Duration.ofSeconds(60));
    look();
  }

  String text() {
    return Expositions.render(
        exporter
            .start(
                Optional.empty(),
                Selection.all(),
                Deadline.after(Duration.ofSeconds(20), System::nanoTime))
            .await());
  }

  ParsedExposition scrape() {
    return Expositions.parse(text());
  }

  /** The names of what is scraped or polled, in order. */
  List<String> targets() {
    return exporter.status().stream().map(TargetStatus::target).toList();
  }

  /** What the page says of a scraper, after a scrape. */
  String message(String target, String scraper) {
    return exporter.status().stream()
        .filter(status -> status.target().equals(target))
        .flatMap(status -> Objects.requireNonNull(status.report()).scrapers().stream())
        .filter(report -> report.scraper().equals(scraper))
        .map(ScraperReport::message)
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }

  /** What Prometheus' discovery gets. */
  Answer list() {
    try {
      return exporter.pages().get(0).answerer().answer(Map.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    exporter.close();
    client.close();
    aws.close();
  }
}
