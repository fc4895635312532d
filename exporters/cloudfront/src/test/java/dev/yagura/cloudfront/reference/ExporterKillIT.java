package dev.yagura.cloudfront.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.loggenerator.LogFields;
import dev.yagura.loggenerator.LogFormat;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import dev.yagura.testing.Await;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exporter as a process that is killed again and again, against the plainest program. */
class ExporterKillIT {
  private static final int KILLS = 8;
  private static final int FILES_AT_ONCE = 4;
  private static final int PATIENCE_SECONDS = 60;
  private static final List<String> DISTRIBUTIONS = List.of("E1EXAMPLE00000", "E2EXAMPLE00000");
  private static final List<LogPlan> PLANS =
      List.of(
          LogPlan.v1(33, 120),
          LogPlan.v1(24, 120),
          LogPlan.of(LogFormat.W3C, LogFields.V2, 120),
          LogPlan.of(LogFormat.JSON, LogFields.V2, 120));

  /** The report's columns in the order of the reference, as names of series and their labels. */
  private static final List<List<String>> COLUMNS =
      List.of(
          List.of("requests_total"),
          List.of("hits_total"),
          List.of("misses_total"),
          List.of("bytes_from_misses_total"),
          List.of("bytes_total"),
          List.of("incomplete_downloads_total"),
          List.of("responses_total", "code_class", "2xx"),
          List.of("responses_total", "code_class", "3xx"),
          List.of("responses_total", "code_class", "4xx"),
          List.of("responses_total", "code_class", "5xx"));

  @TempDir Path folder;

  private final Map<String, ReferenceCounter> expected = new TreeMap<>();
  private final List<Path> dropped = new ArrayList<>();
  private int processes;

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 100", "3, 2"})
  void howeverOftenItIsKilledItCountsAsTheReferenceDoesAndNothingGoesBack(long seed, int top)
      throws Exception {
    var random = new Random(seed);
    Files.createDirectory(folder.resolve("logs"));
    List<String> scrapes = new ArrayList<>();
    for (int kills = 0; kills < KILLS; kills++) {
      drop(random);
      Process child = start(top);
      try {
        int changes = 1 + random.nextInt(FILES_AT_ONCE);
        CompletableFuture.supplyAsync(() -> read(child, changes))
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } finally {
        child.destroyForcibly().waitFor();
      }
      scrapes.addAll(scrapes());
    }
    Process last = start(top);
    try {
      Await.until("all is counted", () -> lines(newest()) == lines());
    } finally {
      last.destroyForcibly().waitFor();
    }
    scrapes.addAll(scrapes());
    assertNothingWentBack(scrapes);
    ParsedExposition end = Expositions.parse(scrapes.get(scrapes.size() - 1));
    assertThat(end.value("cloudfront_log_duplicate_objects_total").orElse(0)).isPositive();
    for (String distribution : DISTRIBUTIONS) {
      assertTotals(end, distribution);
      if (top == 100) {
        assertObjects(end, distribution);
      }
    }
  }

  private void drop(Random random) throws IOException {
    for (int i = 0; i < FILES_AT_ONCE; i++) {
      LogPlan plan = PLANS.get(random.nextInt(PLANS.size()));
      String distribution = DISTRIBUTIONS.get(random.nextInt(DISTRIBUTIONS.size()));
      var traffic =
          new Traffic(
              random.nextLong(),
              Popularity.zipf(40, 1.0),
              LogGenerator.START,
              Duration.ofHours(2),
              0);
      byte[] stored = LogWriter.bytes(plan, traffic);
      expected
          .computeIfAbsent(
              distribution,
              any ->
                  new ReferenceCounter(
                      LogFields.V2,
                      '\t',
                      new ReferenceNaming(List.of(), List.of()),
                      LogGenerator.START.plus(Duration.ofDays(1))))
          .add(stored);
      String name = distribution + ".2026-11-22-07." + dropped.size();
      Path unfinished = folder.resolve("logs").resolve(name + ".part");
      Files.write(unfinished, stored);
      touch(unfinished, 0);
      dropped.add(Files.move(unfinished, folder.resolve("logs").resolve(name + ".log")));
    }
    // What was only touched is found anew and is the same.
    touch(dropped.get(random.nextInt(dropped.size())), 1 + processes);
  }

  private static void touch(Path file, int minutes) throws IOException {
    Files.setLastModifiedTime(
        file, FileTime.from(LogGenerator.START.plus(Duration.ofMinutes(minutes))));
  }

  private Process start(int top) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    processes++;
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            classPath,
            "dev.yagura.cloudfront.ExporterChild",
            folder.resolve("state").toString(),
            folder.resolve("logs").toString(),
            scraped().toString(),
            Integer.toString(top))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Path scraped() {
    return folder.resolve("scraped-" + processes);
  }

  private static int read(Process child, int bytes) {
    try {
      return child.getInputStream().readNBytes(bytes).length;
    } catch (IOException e) {
      return -1;
    }
  }

  /** What the newest process showed, but for what it was writing when it was killed. */
  private List<String> scrapes() {
    try {
      String all = Files.exists(scraped()) ? Files.readString(scraped()) : "";
      List<String> texts = Arrays.asList(all.split("# END\n", -1));
      return texts.subList(0, texts.size() - 1);
    } catch (IOException e) {
      return List.of(); // A character was cut while it was written.
    }
  }

  private ParsedExposition newest() {
    List<String> texts = scrapes();
    return Expositions.parse(texts.isEmpty() ? "" : texts.get(texts.size() - 1));
  }

  private static long lines(ParsedExposition exposition) {
    return (long)
        exposition.samples("cloudfront_log_lines_total").stream().mapToDouble(Sample::value).sum();
  }

  private long lines() {
    return expected.values().stream().mapToLong(reference -> reference.lines).sum();
  }

  private static void assertNothingWentBack(List<String> scrapes) {
    Map<String, Double> before = new HashMap<>();
    for (String scrape : scrapes) {
      for (Sample sample : Expositions.parse(scrape).samples()) {
        if (sample.name().matches(".*_(total|bucket|count|sum)")) {
          String series = sample.name() + sample.labels();
          assertThat(sample.value())
              .as(series)
              .isGreaterThanOrEqualTo(before.getOrDefault(series, 0.0));
          before.put(series, sample.value());
        }
      }
    }
    assertThat(before).hasSizeGreaterThan(100);
  }

  private void assertTotals(ParsedExposition end, String distribution) {
    ReferenceCounter reference = Objects.requireNonNull(expected.get(distribution));
    assertThat(columns(end, "cloudfront_", "distribution", distribution))
        .isEqualTo(sums(reference).values().stream().reduce(ExporterKillIT::sum).orElseThrow());
    reference.results.forEach(
        (type, count) ->
            assertThat(
                    end.value(
                        "cloudfront_results_total",
                        "distribution",
                        distribution,
                        "result_type",
                        type))
                .hasValue(count));
  }

  private void assertObjects(ParsedExposition end, String distribution) {
    Map<String, List<Long>> sums = sums(Objects.requireNonNull(expected.get(distribution)));
    assertThat(sums).hasSizeGreaterThan(20);
    sums.forEach(
        (object, columns) ->
            assertThat(
                    columns(
                        end, "cloudfront_object_", "distribution", distribution, "object", object))
                .as(object)
                .isEqualTo(columns));
  }

  /** The columns of each object, of all hours together. */
  private static Map<String, List<Long>> sums(ReferenceCounter reference) {
    Map<String, List<Long>> sums = new TreeMap<>();
    reference
        .hours
        .values()
        .forEach(
            hour ->
                hour.forEach(
                    (object, columns) -> sums.merge(object, columns, ExporterKillIT::sum)));
    return sums;
  }

  private static List<Long> sum(List<Long> one, List<Long> two) {
    List<Long> sum = new ArrayList<>(one);
    for (int i = 0; i < sum.size(); i++) {
      sum.set(i, sum.get(i) + two.get(i));
    }
    return sum;
  }

  private static List<Long> columns(ParsedExposition end, String prefix, String... labels) {
    List<Long> values = new ArrayList<>();
    for (List<String> column : COLUMNS) {
      List<String> all = new ArrayList<>(List.of(labels));
      all.addAll(column.subList(1, column.size()));
      values.add((long) end.value(prefix + column.get(0), all.toArray(String[]::new)).orElse(-1));
    }
    return values;
  }
}
