package dev.yagura.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.MetricType;
import dev.yagura.loggenerator.Flaw;
import dev.yagura.loggenerator.LogFields;
import dev.yagura.loggenerator.LogFormat;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.LeakCheck;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Promtool;
import dev.yagura.testing.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All that is shown, of small logs of every format. */
@ExtendWith(LeakCheck.class)
class ExpositionTest {
  private static final Goldens GOLDENS = Goldens.in(ExpositionTest.class);
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

  /** A source is called by its pattern: this one is the same wherever the tree is. */
  private static final LogFolder LOGS = new LogFolder(Path.of("target", "exposition-test"));

  private static final List<String> PLAIN =
      List.of(
          "timestamp(ms)",
          "cs-uri-stem",
          "x-edge-response-result-type",
          "sc-bytes",
          "x-edge-result-type",
          "sc-status",
          "cs(User-Agent)");

  @TempDir private Path state;

  @BeforeEach
  void removeWhatARunBeforeLeft() throws IOException {
    if (Files.exists(LOGS.path())) {
      try (Stream<Path> found = Files.walk(LOGS.path())) {
        for (Path path : found.sorted((one, two) -> two.compareTo(one)).toList()) {
          Files.delete(path);
        }
      }
    }
    for (String folder : List.of("v1", "json", "plain", "real-time")) {
      Files.createDirectories(LOGS.path().resolve(folder));
    }
  }

  @Test
  void logsOfEveryFormatAreShownAsTheyAlwaysWere() throws Exception {
    int files = putOneOfEachKind();
    try (Watch watch = Watch.of(state, section())) {
      watch.awaitFiles(files);
      // Which objects are shown depends on what came first.
      LOGS.put(
          "v1/" + LogFolder.name("E2EXAMPLE12345", 5),
          generated(5, LogFormat.V1, LogFields.V1, '\t', Set.of(), 2));
      watch.awaitFiles(files + 1);
      String text = watch.text();
      ParsedExposition scrape = Expositions.parse(text);
      assertThat(scrape.families())
          .as("each family that is declared can be shown")
          .containsExactlyInAnyOrderElementsOf(names(watch));
      isDeclared(scrape, watch.exporter().families());
      isLintClean(text);
      GOLDENS.assertMatches("cloudfront", text);
    }
  }

  @Test
  void beforeTheFirstLogOnlyTheSourcesAreShown() throws Exception {
    try (Watch watch = Watch.of(state, section())) {
      String text = watch.awaitFiles(0).text();
      isDeclared(Expositions.parse(text), watch.exporter().families());
      isLintClean(text);
      GOLDENS.assertMatches("cloudfront-empty", text);
    }
  }

  private static void isLintClean(String text) {
    Promtool.assumePresent();
    assertThat(Promtool.complaints(text)).isEmpty();
  }

  private static List<String> names(Watch watch) {
    return watch.exporter().families().stream().<String>map(Family::name).toList();
  }

  /** Type, help and labels are those of the declaration. */
  private static void isDeclared(ParsedExposition scrape, List<Family<?>> families) {
    assertThat(families).extracting(Family::name).containsAll(scrape.families());
    for (Family<?> family : families) {
      String name = family.name();
      if (!scrape.families().contains(name)) {
        continue;
      }
      assertThat(scrape.types()).containsEntry(name, family.type().textName());
      assertThat(scrape.help()).containsEntry(name, family.help());
      String parts = family.type() == MetricType.HISTOGRAM ? "(_bucket|_sum|_count)" : "";
      assertThat(scrape.samples())
          .filteredOn(sample -> sample.name().matches(name + parts))
          .as(name)
          .isNotEmpty()
          .allMatch(sample -> labels(sample).equals(Set.copyOf(family.labels().names())));
    }
  }

  private static Set<String> labels(Sample sample) {
    return sample.labels().keySet().stream()
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toSet());
  }

  /** One look an hour, but where a file comes later: so a look that fails has failed once. */
  private static String section() {
    return """
        sources:
          - {path: "%1$s/v1/*", poll_interval: 1s}
          - {path: "%1$s/json/{distribution}/*.json", poll_interval: 1h}
          - {path: "%1$s/plain/*", poll_interval: 1h, distribution: E4PLAINEXAMPLE, delimiter: ",",
             fields: %2$s}
          - {path: "%1$s/real-time/*", poll_interval: 1h, fields: %3$s}
          - {path: "%1$s/not-there/*", poll_interval: 1h}
        top: 2
        """
        .formatted(LOGS.path(), quoted(PLAIN), quoted(LogFields.REAL_TIME));
  }

  private static String quoted(List<String> words) {
    return words.stream()
        .map(word -> "\"" + word + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static int putOneOfEachKind() throws IOException {
    byte[] sound = Files.readAllBytes(FIXTURES.resolve("v1-33.log.gz"));
    LOGS.put("v1/" + LogFolder.name("E2EXAMPLE12345", 1) + ".gz", sound);
    byte[] old = Files.readAllBytes(FIXTURES.resolve("v1-12.log.gz"));
    LOGS.put("v1/" + LogFolder.name("E1OLDEXAMPLE", 2) + ".gz", old);
    byte[] corrupt = sound.clone();
    corrupt[corrupt.length / 2] ^= 0x55;
    LOGS.put("v1/" + LogFolder.name("E2EXAMPLE12345", 3) + ".gz", corrupt);
    LOGS.put(
        "json/E3JSONEXAMPLE/part.json",
        generated(7, LogFormat.JSON, LogFields.V2, '\t', Set.of(Flaw.BAD_JSON), 0));
    LOGS.put(
        "plain/part.csv",
        generated(
            8,
            LogFormat.PLAIN,
            PLAIN,
            ',',
            Set.of(Flaw.TOO_FEW_COLUMNS, Flaw.BAD_NUMBER, Flaw.BAD_TIME, Flaw.TOO_LONG),
            0));
    LOGS.put(
        "real-time/records",
        generated(9, LogFormat.REAL_TIME, LogFields.REAL_TIME, '\t', Set.of(), 0));
    return 6;
  }

  private static byte[] generated(
      long seed,
      LogFormat format,
      List<String> fields,
      char delimiter,
      Set<Flaw> flaws,
      int inventedTypes) {
    var plan = new LogPlan(format, fields, delimiter, 24, 0, false, true, 0, flaws, 4);
    var traffic =
        new Traffic(
            seed, Popularity.zipf(5, 1.0), LogGenerator.START, Duration.ofHours(1), inventedTypes);
    return LogWriter.bytes(plan, traffic);
  }
}
