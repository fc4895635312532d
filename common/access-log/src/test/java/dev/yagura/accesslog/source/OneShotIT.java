package dev.yagura.accesslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.meter.Meter;
import dev.yagura.aws.meter.Outcome;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.S3Stub;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneShotIT {
  @TempDir Path folder;
  private final S3Stub s3 = S3Stub.start();
  private final OneShot lister =
      new OneShot(LogShape.OF_FILE, "distribution", () -> TestAws.at(s3.endpoint()));

  @BeforeEach
  void files() throws Exception {
    folder = folder.toRealPath();
    for (String name : List.of("b.log", "E1/a.gz", "E1/.hidden", ".hidden/c.gz", "x*.gz")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Files.createSymbolicLink(folder.resolve("latest.gz"), folder.resolve("E1/a.gz"));
  }

  @AfterEach
  void close() {
    lister.close();
    s3.close();
  }

  @Test
  void aFileIsItself() throws Exception {
    assertThat(list("b.log")).containsExactly("b.log");
    assertThat(list("x*.gz")).containsExactly("x*.gz");
    assertThat(list(".hidden/c.gz")).containsExactly(".hidden/c.gz");
  }

  @Test
  void aFolderIsAllThatIsInItOnceAndNothingHidden() throws Exception {
    assertThat(list("")).containsExactly("E1/a.gz", "b.log", "x*.gz");
  }

  @Test
  void aPatternIsWhatMatches() throws Exception {
    assertThat(list("{distribution}/*.gz")).containsExactly("E1/a.gz");
    LogObject found = lister.list(folder + "/{distribution}/*.gz").get(0);
    assertThat(found.resource()).contains("E1");
    assertThat(found.size()).isEqualTo(7);
    try (InputStream bytes = found.content().open()) {
      assertThat(bytes.readAllBytes()).asString().isEqualTo("E1/a.gz");
    }
  }

  @Test
  void aBucketIsAllOfItHoweverOld() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      String key = "cf/E1.2020-01-01-00.%04d.gz".formatted(i);
      s3.put("logs", key, new byte[1], Instant.EPOCH);
      keys.add("s3://logs/" + key);
    }
    s3.put("logs", "other", new byte[1], Instant.EPOCH);

    List<LogObject> found = lister.list("s3://logs/cf/");

    assertThat(found).extracting(object -> object.id().location()).isEqualTo(keys);
    try (InputStream bytes = found.get(0).content().open()) {
      assertThat(bytes.readAllBytes()).hasSize(1);
    }
  }

  @Test
  void whatIsAskedOfABucketIsCountedAndPriced() throws Exception {
    AwsUse use = AwsUse.fresh(Clock.systemUTC(), System::nanoTime);
    s3.put("logs", "cf/a.gz", new byte[1], Instant.EPOCH);
    try (var counted =
        new OneShot(LogShape.OF_FILE, "distribution", () -> TestAws.at(s3.endpoint(), use))) {
      counted.list("s3://logs/cf/").get(0).content().open().close();
    }
    assertThat(use.meter().uses())
        .extracting(Meter.Use::service, Meter.Use::operation, Meter.Use::requests)
        .containsExactly(
            tuple("s3", "GetObject", Map.of(Outcome.OK, 1L)),
            tuple("s3", "ListObjectsV2", Map.of(Outcome.OK, 1L)));
    assertThat(use.meter().dollars()).isCloseTo(0.0000054, within(1e-9));
  }

  @Test
  void whatIsNotThereIsSaid() {
    for (String missing : List.of("/none.gz", "/none/*.gz", "/E1/*.log")) {
      assertThatThrownBy(() -> lister.list(folder + missing))
          .isInstanceOf(ScrapeException.class)
          .hasMessageContaining(folder.toString());
    }
    assertThatThrownBy(() -> lister.list("s3://none/x")).hasMessageContaining("no such bucket");
    s3.put("logs", "a", new byte[1], Instant.EPOCH);
    assertThatThrownBy(() -> lister.list("s3://logs/b")).hasMessageContaining("no log");
  }

  private List<String> list(String below) throws Exception {
    return lister.list(folder + "/" + below).stream()
        .map(object -> folder.relativize(Path.of(object.id().location())).toString())
        .toList();
  }
}
