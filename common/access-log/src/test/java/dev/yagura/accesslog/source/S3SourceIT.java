package dev.yagura.accesslog.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.S3Stub;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S3SourceIT {
  private static final Instant NOW = Instant.parse("2026-11-23T07:30:00Z");
  private static final byte[] TEN = "0123456789".getBytes(UTF_8);

  private final S3Stub s3 = S3Stub.start();
  private final AwsClients clients = TestAws.at(s3.endpoint());
  private final AwsClients impatient = TestAws.impatientAt(s3.endpoint());
  private final FakeClock clock = FakeClock.at(NOW);
  private final CollectingInbox inbox = new CollectingInbox();

  @AfterEach
  void close() {
    clients.close();
    impatient.close();
    s3.close();
  }

  @Test
  void anObjectIsOfferedWithAllThatIsKnownOfIt() throws Exception {
    String key = "cf/E1.2026-11-23-07.a+b c%41é&<\u0001.gz";
    String eTag = s3.put("logs", key, TEN, NOW);

    source("cf/", "**/{distribution}.*").poll(inbox);

    LogObject found = inbox.objects().get(0);
    assertThat(inbox.objects()).hasSize(1);
    assertThat(found.id()).isEqualTo(new ObjectId("s3://logs/" + key, eTag));
    assertThat(found.size()).isEqualTo(10);
    assertThat(found.modified()).isEqualTo(NOW);
    assertThat(found.resource()).contains("E1");
    assertThat(read(found)).isEqualTo(TEN);
  }

  @Test
  void whatIsTooOldOrKnownOrNoLogIsNotOffered() throws Exception {
    s3.put("logs", "cf/E1.2026-11-22-07.late.gz", TEN, NOW);
    s3.put("logs", "cf/E1.2026-11-22-06.old.gz", TEN, NOW);
    s3.put("logs", "cf/new.gz", TEN, NOW.minus(Duration.ofHours(23)));
    s3.put("logs", "cf/old.gz", TEN, NOW.minus(Duration.ofHours(25)));
    s3.put("logs", "cf/folder/", new byte[0], NOW);
    s3.put("logs", "other/new.gz", TEN, NOW);
    S3Source source = source("cf/");

    assertThat(inbox.look(source)).containsExactly("E1.2026-11-22-07.late.gz", "new.gz");
    inbox.known.add(inbox.objects().get(0).id());
    assertThat(inbox.look(source)).containsExactly("new.gz");
  }

  @Test
  void itLooksBackFromTheLastWholeLookHoweverLongThatIsAgo() throws Exception {
    s3.put("logs", "cf/E1.2026-11-01-00.a.gz", TEN, NOW);
    S3Source source = source("cf/");
    inbox.looks.put(source.name(), Instant.parse("2026-11-02T00:30:00Z"));

    assertThat(inbox.look(source)).containsExactly("E1.2026-11-01-00.a.gz");
    assertThat(inbox.looks).containsEntry(source.name(), NOW);
  }

  @Test
  void aLookThatFailsInItsMiddleIsNoWholeLook() {
    for (int i = 0; i < 1500; i++) {
      s3.put("logs", "cf/%04d.gz".formatted(i), TEN, NOW);
    }
    s3.fail(S3Stub.Fault.ACCESS_DENIED, request -> s3.count("LIST") > 1);

    assertThatThrownBy(() -> source("cf/").poll(inbox)).isInstanceOf(ScrapeException.class);
    assertThat(inbox.objects()).hasSize(1000);
    assertThat(inbox.looks).isEmpty();
  }

  @Test
  void fourHundredDaysOfThreeDistributionsCostAHandfulOfRequests() throws Exception {
    List<String> wanted = new ArrayList<>();
    DateTimeFormatter hour = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH", Locale.ROOT);
    for (String id : List.of("E1", "E2", "E3")) {
      for (int hours = 0; hours < 400 * 24; hours++) {
        Instant at = NOW.minus(Duration.ofHours(hours));
        String key = "cf/" + id + "." + hour.format(at.atOffset(ZoneOffset.UTC)) + ".x.gz";
        s3.put("logs", key, TEN, at);
        if (hours <= 24) {
          wanted.add("s3://logs/" + key);
        }
      }
    }

    assertThat(inbox.locations(source("cf/"))).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(s3.count("LIST")).isLessThanOrEqualTo(8);
  }

  @Test
  void aPatternThatSaysMoreThanThePrefixIsListedByIt() throws Exception {
    s3.put("logs", "cf/E1/a.gz", TEN, NOW);
    s3.put("logs", "cf/E2/a.gz", TEN, NOW);

    assertThat(inbox.look(source("cf/", "cf/E1/*.gz"))).containsExactly("a.gz");
    assertThat(s3.requests()).containsExactly(new S3Stub.Request("LIST", "logs", "cf/E1/"));
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS_DENIED, DENIED",
    "SLOW_DOWN, THROTTLED",
    "INTERNAL_ERROR, UNREACHABLE",
    "FROZEN, TIMEOUT",
    "CUT_BODY, UNREACHABLE",
  })
  void aListingThatFailsSaysWhyAndNothingElse(S3Stub.Fault fault, FailureReason reason) {
    s3.put("logs", "cf/a.gz", TEN, NOW);
    s3.fail(fault);

    assertThatThrownBy(() -> source(impatient, "logs", "cf/", "**").poll(inbox))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining("s3://logs/cf/")
        .hasMessageNotContaining("123456789012");
  }

  @Test
  void aBucketThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> source(clients, "none", "", "**").poll(inbox))
        .hasMessageContaining("no such bucket");
  }

  @Test
  void aServerThatIsGoneIsUnreachable() {
    s3.close();
    assertThatThrownBy(() -> source("").poll(inbox))
        .isInstanceOfSatisfying(
            ScrapeException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNREACHABLE));
  }

  @Test
  void anObjectThatWasReplacedOrDeletedIsNotRead() throws Exception {
    s3.put("logs", "a.gz", TEN, NOW);
    source("").poll(inbox);
    LogObject found = inbox.objects().get(0);

    s3.put("logs", "a.gz", new byte[5], NOW);
    assertThatIOException().isThrownBy(() -> read(found)).withMessageContaining("replaced");
    s3.delete("logs", "a.gz");
    assertThatIOException().isThrownBy(() -> read(found)).withMessageContaining("not there");
  }

  @ParameterizedTest
  @EnumSource(S3Stub.Fault.class)
  void aBodyThatDoesNotComeWholeIsAFailureAndCanBeReadAgain(S3Stub.Fault fault) throws Exception {
    s3.put("logs", "a.gz", TEN, NOW);
    source(impatient, "logs", "", "**").poll(inbox);
    LogObject found = inbox.objects().get(0);
    s3.fail(fault);

    assertThatIOException()
        .isThrownBy(() -> read(found))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("123456789012"));
    s3.heal();
    assertThat(read(found)).isEqualTo(TEN);
  }

  @Test
  void aBodyMayBeClosedBeforeItsEnd() throws Exception {
    s3.put("logs", "a.gz", new byte[5_000_000], NOW);
    source("").poll(inbox);
    LogObject found = inbox.objects().get(0);

    try (InputStream bytes = found.content().open()) {
      assertThat(bytes.read()).isZero();
      assertThat(bytes.skip(9)).isEqualTo(9);
    }
    assertThat(read(found)).hasSize(5_000_000);
  }

  @Test
  void theEndOfTheThreadEndsTheLook() {
    s3.put("logs", "a.gz", TEN, NOW);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> source("").poll(inbox)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private S3Source source(String prefix) {
    return source(prefix, "**");
  }

  private S3Source source(String prefix, String keys) {
    return source(clients, "logs", prefix, keys);
  }

  private S3Source source(AwsClients with, String bucket, String prefix, String keys) {
    return new S3Source(
        with::s3,
        bucket,
        prefix,
        Optional.of(Glob.of(keys, "distribution")),
        LogShape.OF_FILE,
        Optional.empty(),
        Duration.ofHours(24),
        Duration.ofMinutes(1),
        clock);
  }

  private static byte[] read(LogObject object) throws Exception {
    try (InputStream bytes = object.content().open()) {
      return bytes.readAllBytes();
    }
  }
}
