package dev.yagura.cloudfront.distributions;

import static dev.yagura.cloudfront.distributions.Estate.failures;
import static dev.yagura.cloudfront.distributions.Estate.success;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.Sample;
import dev.yagura.testing.aws.AwsCall;
import dev.yagura.testing.aws.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DiscoveryTest {
  private static final String INFO = "cloudfront_distribution_info";
  private static final String LOGGING = "cloudfront_distribution_logging_enabled";
  private static final String EXPIRY =
      "cloudfront_distribution_certificate_expiry_timestamp_seconds";
  private static final Instant NEXT_YEAR = Instant.parse("2027-03-01T00:00:00Z");

  private Estate estate = new Estate();

  @AfterEach
  void close() {
    estate.close();
  }

  private static Predicate<AwsCall> calls(String operation) {
    return call -> call.operation().equals(operation);
  }

  private String certificate(String domain) {
    return estate.aws.account().acm("us-east-1").addCertificate(domain, NEXT_YEAR);
  }

  /** A distribution with all there is, and one with nothing. */
  private void addTwo() {
    estate
        .cloudFront()
        .addDistribution("E1FULLEXAMPLE")
        .set("PriceClass", "PriceClass_200")
        .set("HttpVersion", "http2and3")
        .set("LastModifiedTime", Estate.NOON.minus(Duration.ofDays(7)))
        .aliases("www.example.com", "example.com")
        .acmCertificate(certificate("*.example.com"))
        .logging("logs.s3.amazonaws.com", "cf/");
    estate
        .cloudFront()
        .addDistribution("E2BAREEXAMPLE")
        .set("Enabled", false)
        .set("Status", "InProgress");
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      estate.cloudFront().addDistribution("E%04dEXAMPLE".formatted(i));
    }
  }

  @Test
  void allThatIsToldOfADistributionIsShownAsItAlwaysWas() throws Exception {
    addTwo();
    estate.arrivals =
        Optional.of(
            new LogArrivals(
                Estate.NOON.minus(Duration.ofDays(2)),
                Map.of("E2BAREEXAMPLE", Estate.NOON.minus(Duration.ofHours(1)))));
    estate.poll();
    String text =
        estate.text().replaceAll("(?m)^(yagura_scrape_duration_seconds\\{.*}) .*$", "$1 0");
    Goldens.in(DiscoveryTest.class).assertMatches("distributions", text);
    Promtool.assumePresent();
    assertThat(Promtool.complaints(text)).isEmpty();
  }

  @Test
  void everyFamilyThatIsDeclaredCanBeShown() throws Exception {
    addTwo();
    estate.arrivals = Optional.of(new LogArrivals(Estate.NOON.minus(Duration.ofDays(2)), Map.of()));
    ParsedExposition scrape = estate.poll();
    assertThat(Discovery.families())
        .allSatisfy(family -> assertThat(scrape.samples(family.name())).isNotEmpty());
  }

  @Test
  void everyPageOfTheListIsRead() throws Exception {
    add(250);
    assertThat(estate.poll().samples(INFO)).hasSize(250);
    assertThat(estate.aws.count("ListDistributions")).isEqualTo(3);
  }

  @Test
  void anEmptyAccountIsNoFailureAndShowsNothing() throws Exception {
    ParsedExposition scrape = estate.poll();
    assertThat(scrape.families()).noneMatch(name -> name.startsWith("cloudfront_"));
    assertThat(scrape.samples("yagura_scrape_success"))
        .hasSize(3)
        .allMatch(sample -> sample.value() == 1);
  }

  @Test
  void ofHalfAListNothingIsTakenAndTheLastOneStaysUntilItIsTooOld() throws Exception {
    add(150);
    estate.poll();
    estate.cloudFront().addDistribution("E9NEWEXAMPLE");
    estate.aws.fail(Fault.onPage(2, Fault.internalError()), calls("ListDistributions"));
    ParsedExposition failed = estate.pollLater();
    assertThat(failed.samples(INFO)).hasSize(150);
    assertThat(success(failed, "distributions")).isFalse();
    assertThat(failures(failed, "distributions", "unreachable")).isEqualTo(1);
    assertThat(success(failed, "distribution_logging")).as("is built on the list").isFalse();
    assertThat(failed.samples(LOGGING)).hasSize(150);
    assertThat(
            failed
                .value(
                    "yagura_snapshot_age_seconds",
                    "exporter",
                    "cloudfront",
                    "scraper",
                    "distributions",
                    "target",
                    "default")
                .orElseThrow())
        .isGreaterThanOrEqualTo(600);
    estate.clock.advance(Estate.MAX_AGE);
    ParsedExposition late = estate.poll();
    assertThat(late.samples(INFO)).isEmpty();
    assertThat(late.samples(LOGGING)).isEmpty();
    estate.aws.heal();
    assertThat(estate.pollLater().samples(INFO)).hasSize(151);
  }

  @Test
  void aConfigurationThatIsDeniedTakesOnlyWhatItTellsAway() throws Exception {
    addTwo();
    estate.aws.fail(Fault.denied(), calls("GetDistributionConfig"));
    ParsedExposition scrape = estate.poll();
    assertThat(scrape.samples(INFO)).hasSize(2);
    assertThat(scrape.samples(EXPIRY)).hasSize(1);
    assertThat(scrape.families()).noneMatch(name -> name.contains("_log"));
    assertThat(success(scrape, "distribution_logging")).isFalse();
    assertThat(failures(scrape, "distribution_logging", "denied")).isEqualTo(1);
    assertThat(estate.trouble("default", "distribution_logging"))
        .contains("must allow cloudfront:GetDistributionConfig");
  }

  @Test
  void aCertificateThatIsDeniedTakesOnlyItsExpiryAway() throws Exception {
    addTwo();
    estate.aws.fail(Fault.denied(), calls("DescribeCertificate"));
    ParsedExposition scrape = estate.poll();
    assertThat(scrape.samples(INFO)).hasSize(2);
    assertThat(scrape.samples(LOGGING)).hasSize(2);
    assertThat(scrape.samples(EXPIRY)).isEmpty();
    assertThat(failures(scrape, "certificates", "denied")).isEqualTo(1);
    assertThat(estate.trouble("default", "certificates"))
        .contains("must allow acm:DescribeCertificate");
  }

  @Test
  void aListThatIsDeniedIsWhyNothingIsShown() throws Exception {
    addTwo();
    estate.aws.fail(Fault.denied(), calls("ListDistributions"));
    ParsedExposition scrape = estate.poll();
    for (String scraper : List.of("distributions", "distribution_logging", "certificates")) {
      assertThat(failures(scrape, scraper, "denied")).as(scraper).isEqualTo(1);
      assertThat(estate.trouble("default", scraper))
          .contains("must allow cloudfront:ListDistributions");
    }
    assertThat(estate.aws.count("ListDistributions")).as("asked once for all three").isEqualTo(1);
  }

  @Test
  void throttledItSaysSoAndTriesAgainSoon() throws Exception {
    addTwo();
    estate.aws.fail(Fault.throttled());
    assertThat(failures(estate.poll(), "distributions", "throttled")).isEqualTo(1);
    estate.aws.heal();
    estate.clock.advance(Duration.ofSeconds(15));
    assertThat(estate.poll().samples(INFO)).hasSize(2);
  }

  @Test
  void anAwsThatNeverAnswersTimesOut() throws Exception {
    addTwo();
    estate.aws.fail(Fault.frozen());
    assertThat(failures(estate.poll(), "distributions", "timeout")).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsCutShortIsNoList() throws Exception {
    addTwo();
    estate.aws.fail(Fault.cutBody(), calls("ListDistributions"));
    ParsedExposition scrape = estate.poll();
    assertThat(success(scrape, "distributions")).isFalse();
    assertThat(scrape.samples(INFO)).isEmpty();
  }

  @Test
  void aKeyThatNobodyKnowsIsDenied() throws Exception {
    addTwo();
    estate.aws.revoke("AKIATEST");
    assertThat(failures(estate.poll(), "distributions", "denied")).isEqualTo(1);
  }

  @Test
  void withoutCredentialsItSaysThatThereAreNone() throws Exception {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.setProperty("aws.disableEc2Metadata", "true");
    System.setProperty("aws.sharedCredentialsFile", "target/there-are-none");
    System.setProperty("aws.configFile", "target/there-are-none");
    try {
      assertThat(failures(estate.poll(), "distributions", "denied")).isEqualTo(1);
      assertThat(estate.trouble("default", "distributions")).contains("no credentials were found");
    } finally {
      System.clearProperty("aws.disableEc2Metadata");
      System.clearProperty("aws.sharedCredentialsFile");
      System.clearProperty("aws.configFile");
      Estate.credentials("AKIATEST");
    }
  }

  @Test
  void aDistributionThatIsDeletedLeaves() throws Exception {
    addTwo();
    estate.poll();
    estate.cloudFront().removeDistribution("E1FULLEXAMPLE");
    ParsedExposition scrape = estate.pollLater();
    assertThat(scrape.samples())
        .filteredOn(sample -> sample.name().startsWith("cloudfront_"))
        .isNotEmpty()
        .noneMatch(sample -> sample.label("distribution").equals("E1FULLEXAMPLE"));
  }

  @Test
  void oneThatIsDeletedBetweenTheListAndItsConfigurationIsNoFailure() throws Exception {
    addTwo();
    estate.aws.fail(
        Fault.error(404, "NoSuchDistribution", "The specified distribution does not exist."),
        calls("GetDistributionConfig"));
    ParsedExposition scrape = estate.poll();
    assertThat(success(scrape, "distribution_logging")).isTrue();
    assertThat(scrape.samples(LOGGING)).isEmpty();
  }

  @Test
  void aConfigurationIsAskedForAgainOnlyWhenItHasChanged() throws Exception {
    addTwo();
    estate.poll();
    estate.pollLater();
    assertThat(estate.aws.count("GetDistributionConfig")).isEqualTo(2);
    estate.cloudFront().removeDistribution("E2BAREEXAMPLE");
    estate
        .cloudFront()
        .addDistribution("E2BAREEXAMPLE")
        .logging("logs.s3.amazonaws.com", "")
        .set("LastModifiedTime", estate.clock.instant());
    ParsedExposition scrape = estate.pollLater();
    assertThat(estate.aws.count("GetDistributionConfig")).isEqualTo(3);
    assertThat(scrape.samples(LOGGING)).extracting(Sample::value).containsExactly(1.0, 1.0);
  }

  @Test
  void whatIsSharedIsAskedForOnceADay() throws Exception {
    String arn = certificate("*.example.com");
    for (String id : List.of("E1SAMEEXAMPLE", "E2SAMEEXAMPLE", "E3SAMEEXAMPLE")) {
      estate.cloudFront().addDistribution(id).acmCertificate(arn);
    }
    assertThat(estate.poll().samples(EXPIRY))
        .hasSize(3)
        .allMatch(sample -> sample.value() == NEXT_YEAR.getEpochSecond());
    Instant renewed = NEXT_YEAR.plus(Duration.ofDays(365));
    estate.aws.account().acm("us-east-1").certificate(arn).set("NotAfter", renewed);
    estate.pollLater();
    assertThat(estate.aws.count("DescribeCertificate")).isEqualTo(1);
    estate.clock.advance(Duration.ofDays(1));
    assertThat(estate.poll().samples(EXPIRY))
        .hasSize(3)
        .allMatch(sample -> sample.value() == renewed.getEpochSecond());
    assertThat(estate.aws.count("DescribeCertificate")).isEqualTo(2);
  }

  @Test
  void certificatesOfCloudFrontAndOfIamHaveNoExpiryHere() throws Exception {
    estate.cloudFront().addDistribution("E1DEFAULTEXAMPLE");
    estate.cloudFront().addDistribution("E2IAMEXAMPLE").iamCertificate("ASCAEXAMPLE");
    ParsedExposition scrape = estate.poll();
    assertThat(success(scrape, "certificates")).isTrue();
    assertThat(scrape.samples(EXPIRY)).isEmpty();
    assertThat(estate.aws.count("DescribeCertificate")).isZero();
  }

  @Test
  void aCertificateThatIsGoneHasNoExpiryAndIsNoFailure() throws Exception {
    estate
        .cloudFront()
        .addDistribution("E1GONEEXAMPLE")
        .acmCertificate("arn:aws:acm:us-east-1:123456789012:certificate/gone");
    ParsedExposition scrape = estate.poll();
    assertThat(success(scrape, "certificates")).isTrue();
    assertThat(scrape.samples(EXPIRY)).isEmpty();
  }

  @Test
  void afterAFailureInTheMidstItGoesOnWhereItWas() throws Exception {
    add(20);
    var asked = new AtomicInteger();
    estate.aws.fail(
        Fault.denied(), calls("GetDistributionConfig").and(call -> asked.incrementAndGet() > 12));
    ParsedExposition failed = estate.poll();
    assertThat(success(failed, "distribution_logging")).isFalse();
    assertThat(failed.samples(LOGGING)).as("the whole answer or none").isEmpty();
    estate.aws.heal();
    assertThat(estate.pollLater().samples(LOGGING)).hasSize(20);
    assertThat(estate.aws.count("GetDistributionConfig")).isEqualTo(12 + 1 + 8);
  }

  @Test
  void manyDistributionsAreAskedForSlowly() throws Exception {
    add(60);
    estate.poll();
    // Ten at once, then five a second; the list was one of them.
    assertThat(Duration.between(Estate.NOON, estate.clock.instant()))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
  }

  @Test
  void eachAccountFailsByItself() throws Exception {
    estate.close();
    estate = new Estate(account("one", "yagura"), account("other", "not-there"));
    estate.aws.account().role("yagura");
    addTwo();
    ParsedExposition scrape = estate.poll();
    assertThat(scrape.samples(INFO))
        .extracting(sample -> sample.label("account"))
        .containsExactly("one", "one");
    assertThat(success(scrape, "one", "distributions")).isTrue();
    assertThat(success(scrape, "other", "distributions")).isFalse();
    assertThat(estate.trouble("other", "distributions")).contains("sts:AssumeRole");
  }

  private static AccountSettings account(String name, String role) {
    return new AccountSettings(
        name,
        Optional.empty(),
        Optional.of("arn:aws:iam::123456789012:role/" + role),
        Optional.empty(),
        "yagura",
        List.of());
  }

  @Test
  void onlyUsEast1IsAsked() throws Exception {
    addTwo();
    estate.poll();
    assertThat(estate.aws.calls()).isNotEmpty().allMatch(call -> call.region().equals("us-east-1"));
  }

  @Test
  void logsThatNeverArriveAreMissed() throws Exception {
    addTwo();
    Instant start = Estate.NOON.minus(Duration.ofDays(2));
    estate.arrivals = Optional.of(new LogArrivals(start, Map.of()));
    assertThat(missing(estate.poll())).containsExactly(1.0);
    estate.arrivals = Optional.of(new LogArrivals(start, Map.of("E1FULLEXAMPLE", Estate.NOON)));
    assertThat(missing(estate.pollLater())).containsExactly(0.0);
    estate.arrivals = Optional.empty();
    assertThat(missing(estate.pollLater())).as("nothing counts").isEmpty();
  }

  private static List<Double> missing(ParsedExposition scrape) {
    return scrape.samples("cloudfront_distribution_logs_missing").stream()
        .map(Sample::value)
        .toList();
  }
}
