package dev.yagura.cloudfront.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.FileCounter;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.loggenerator.Flaw;
import dev.yagura.loggenerator.LogFields;
import dev.yagura.loggenerator.LogFormat;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One small file of each format, and what is counted of it. */
class FixturesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures");
  private static final Duration KEPT = Duration.ofDays(3650);
  private static final Clock CLOCK =
      Clock.fixed(LogGenerator.START.plus(Duration.ofDays(1)), ZoneOffset.UTC);
  private static final List<String> CHOSEN =
      List.of(
          "timestamp(ms)",
          "c-country",
          "cs-uri-stem",
          "x-edge-response-result-type",
          "sc-bytes",
          "x-edge-result-type",
          "sc-status",
          "time-taken",
          "cs(User-Agent)");

  /** One file. */
  record Fixture(String file, long seed, LogPlan plan) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Fixture> fixtures() {
    return List.of(
        new Fixture("v1-12.log.gz", 12, LogPlan.v1(12, 40)),
        new Fixture("v1-33.log.gz", 33, LogPlan.v1(33, 40).inMembers(2)),
        new Fixture("v1-35-joined.log", 35, plan(LogFormat.V1, LogFields.V1, '\t', 8, Set.of())),
        new Fixture("v2-w3c.log", 2, plan(LogFormat.W3C, CHOSEN, '\t', 0, Set.of(Flaw.BAD_NUMBER))),
        new Fixture(
            "v2.json", 3, plan(LogFormat.JSON, LogFields.V2, '\t', 0, Set.of(Flaw.BAD_JSON))),
        new Fixture(
            "v2-plain.csv", 4, plan(LogFormat.PLAIN, CHOSEN, ',', 0, Set.of(Flaw.BAD_TIME))),
        new Fixture(
            "v2-raw.txt", 5, plan(LogFormat.RAW, CHOSEN, '|', 0, Set.of(Flaw.TOO_FEW_COLUMNS))),
        new Fixture(
            "real-time.log", 6, plan(LogFormat.REAL_TIME, LogFields.REAL_TIME, '\t', 0, Set.of())));
  }

  private static LogPlan plan(
      LogFormat format, List<String> fields, char delimiter, int headerEvery, Set<Flaw> flaws) {
    return new LogPlan(format, fields, delimiter, 40, headerEvery, false, true, 0, flaws, 4);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theGeneratorStillWritesTheFixture(Fixture fixture) throws IOException {
    var traffic =
        new Traffic(
            fixture.seed, Popularity.zipf(6, 1.0), LogGenerator.START, Duration.ofHours(1), 0);
    byte[] generated = LogWriter.bytes(fixture.plan, traffic);
    Path file = FOLDER.resolve(fixture.file);
    if (Boolean.getBoolean("golden.update")) {
      Files.write(file, generated);
    }
    assertThat(new String(ReferenceRows.unpacked(Files.readAllBytes(file)), StandardCharsets.UTF_8))
        .isEqualTo(new String(ReferenceRows.unpacked(generated), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void whatIsCountedOfAFixtureStaysTheSame(Fixture fixture) throws IOException {
    byte[] stored = Files.readAllBytes(FOLDER.resolve(fixture.file));
    FileCounts counts = new FileCounts(1000, object -> false);
    FileCounter.detailed(ObjectNaming.PATH, KEPT, CLOCK)
        .read(new ByteArrayInputStream(stored), shape(fixture.plan), counts);
    Path golden = FOLDER.resolve(fixture.file + ".counts");
    String text = text(counts);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  private static LogShape shape(LogPlan plan) {
    return new LogShape(
        plan.format().hasHeader() ? List.of() : plan.fields(), Optional.of(plan.delimiter()));
  }

  private static String text(FileCounts counts) {
    var text = new StringBuilder("lines " + counts.lines() + "\nbytes " + counts.bytes() + "\n");
    Map<String, Long> malformed = new TreeMap<>();
    counts.malformed().forEach((reason, lines) -> malformed.put(reason.label(), lines));
    append(text, "malformed", malformed);
    append(text, "missing", counts.missingColumns());
    append(text, "result", counts.results());
    append(text, "response", counts.responseResults());
    text.append(
        List.of(Column.values()).stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" ", "hour ", " object\n")));
    Comparison.hours(counts)
        .forEach(
            (hour, objects) ->
                objects.forEach(
                    (object, columns) -> {
                      text.append(hour).append(' ');
                      columns.forEach(column -> text.append(column).append(' '));
                      text.append(object).append('\n');
                    }));
    return text.toString();
  }

  private static void append(StringBuilder text, String name, Map<String, Long> values) {
    values.forEach((key, value) -> text.append(name + " " + key + " " + value + "\n"));
  }
}
