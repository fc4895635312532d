package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.testing.Await;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.LeakCheck;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An exporter that lists distributions, with logs and without. */
@Timeout(60)
class DiscoveryExporterTest {
  private static final String DISCOVERY = "discovery: {interval: 1m}\n";

  @TempDir private Path folder;
  private final FakeClock clock = FakeClock.at(Watch.NOW);
  private final AwsDouble aws = AwsDouble.start(clock);
  private final Aws clients =
      new Aws(
          new AwsSettings(
              OptionalDouble.empty(),
              List.of(AccountSettings.defaults()),
              Optional.of(aws.endpoint())),
          Patience.USUAL,
          AwsUse.fresh(clock, clock, clock::advance));

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", "AKIATEST");
    System.setProperty("aws.secretAccessKey", "secret");
    aws.account()
        .cloudFront()
        .addDistribution(OneLog.DISTRIBUTION)
        .set("LastModifiedTime", Watch.NOW.minus(Duration.ofDays(9)))
        .logging("logs.s3.amazonaws.com", "");
  }

  @AfterEach
  void close() {
    clients.close();
    aws.close();
  }

  private CloudFrontExporter exporter(String section) throws Exception {
    CloudFrontConfig config = Watch.config(folder.resolve("state"), section);
    return new CloudFrontExporter(config, clients, clock, clock);
  }

  private static ParsedExposition scrape(CloudFrontExporter exporter) {
    return scrape(exporter, Optional.empty(), Selection.all());
  }

  private static ParsedExposition scrape(
      CloudFrontExporter exporter, Optional<String> target, Selection selection) {
    return Expositions.parse(
        Expositions.render(
            exporter.scrape(target, selection, Deadline.after(Await.PATIENCE, System::nanoTime))));
  }

  private static void awaitPoll(CloudFrontExporter exporter) {
    Await.until(
        "all scrapers have run",
        () -> scrape(exporter).samples("yagura_scrape_success").size() == 3);
  }

  @Test
  void withDiscoveryAloneThereIsNoStateFolderNoPageAndNoFamilyOfLogs() throws Exception {
    try (CloudFrontExporter exporter = exporter(DISCOVERY)) {
      awaitPoll(exporter);
      assertThat(scrape(exporter).samples("cloudfront_distribution_info")).hasSize(1);
      assertThat(exporter.pages()).isEmpty();
      assertThat(exporter.notes()).isEmpty();
      assertThat(exporter.families())
          .extracting(Family::name)
          .contains("cloudfront_distribution_info", "yagura_scrape_success")
          .noneMatch(name -> name.startsWith("cloudfront_log_"));
    }
    assertThat(Files.exists(folder.resolve("state"))).isFalse();
  }

  @Test
  void anExporterOfLocalFilesAsksNothingOfAws() throws Exception {
    LogFolder logs = new LogFolder(Files.createDirectory(folder.resolve("logs")));
    try (CloudFrontExporter exporter = exporter(sources(logs))) {
      Await.until(
          "it has looked",
          () -> !scrape(exporter).samples("cloudfront_log_source_success").isEmpty());
      assertThat(exporter.scrapers()).isEmpty();
      assertThat(exporter.status()).isEmpty();
    }
    assertThat(aws.calls()).isEmpty();
  }

  private static String sources(LogFolder logs) {
    return "sources: [{path: \"%s\", poll_interval: 1s}]\n".formatted(logs.pattern());
  }

  @Test
  void itsAccountsAreTargetsBesideTheLogs() throws Exception {
    LogFolder logs = new LogFolder(Files.createDirectory(folder.resolve("logs")));
    try (CloudFrontExporter exporter = exporter(sources(logs) + DISCOVERY)) {
      awaitPoll(exporter);
      assertThat(exporter.scrapers())
          .containsExactly("distributions", "distribution_logging", "certificates");
      assertThat(exporter.hasTarget("default")).isTrue();
      assertThat(exporter.hasTarget("other")).isFalse();
      assertThat(exporter.status()).extracting(TargetStatus::target).containsExactly("default");
      assertThat(scrape(exporter).families())
          .contains("cloudfront_log_objects_pending", "cloudfront_distribution_info");
      assertThat(scrape(exporter, Optional.of("default"), Selection.all()).families())
          .contains("cloudfront_distribution_info")
          .noneMatch(name -> name.startsWith("cloudfront_log_"));
      assertThat(
              scrape(exporter, Optional.empty(), new Selection(Set.of("distributions"))).families())
          .contains("cloudfront_distribution_info")
          .noneMatch(name -> name.startsWith("cloudfront_log_"))
          .doesNotContain("cloudfront_distribution_logging_enabled");
    }
  }

  @Test
  void aDistributionIsCalledAsItsLogsCallItAndTheyArrive() throws Exception {
    LogFolder logs = new LogFolder(Files.createDirectory(folder.resolve("logs")));
    logs.put(LogFolder.name(OneLog.DISTRIBUTION, 1), OneLog.of("/a"));
    clock.advance(Duration.ofHours(1));
    aws.fail(Fault.frozen());
    try (CloudFrontExporter exporter = exporter(sources(logs) + DISCOVERY)) {
      Await.until(
          "the log is counted, and the look that found it has ended",
          () ->
              !scrape(exporter).samples("cloudfront_requests_total").isEmpty()
                  && !scrape(exporter).samples("cloudfront_log_source_success").isEmpty());
      aws.heal();
      awaitPoll(exporter);
      assertThat(
              scrape(exporter)
                  .value(
                      "cloudfront_distribution_logs_missing",
                      "account",
                      "default",
                      "distribution",
                      OneLog.DISTRIBUTION))
          .hasValue(0);
      assertThat(scrape(exporter).samples("cloudfront_requests_total"))
          .extracting(sample -> sample.label("distribution"))
          .containsExactly(OneLog.DISTRIBUTION);
    }
  }

  @Test
  void aScrapeDoesNotWaitForAnAwsThatNeverAnswers() throws Exception {
    aws.fail(Fault.frozen());
    try (CloudFrontExporter exporter = exporter(DISCOVERY)) {
      Await.until("it is asked", () -> !aws.calls().isEmpty());
      long begin = System.nanoTime();
      assertThat(scrape(exporter).families()).noneMatch(name -> name.startsWith("cloudfront_"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void onceClosedNoThreadIsLeft() throws Exception {
    var before =
        LeakCheck.threads(AwsDouble.THREADS, "Connector-Scheduler-", "Keep-Alive-Timer", "sdk-");
    try (CloudFrontExporter exporter = exporter(DISCOVERY)) {
      awaitPoll(exporter);
    }
    before.assertNoNewThreads();
  }
}
