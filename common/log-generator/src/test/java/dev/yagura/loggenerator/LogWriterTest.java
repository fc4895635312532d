package dev.yagura.loggenerator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LogWriterTest {
  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    LogPlan plan = LogPlan.v1(33, 200);
    assertThat(write(plan, 1)).isEqualTo(write(plan, 1)).isNotEqualTo(write(plan, 2));
  }

  @ParameterizedTest
  @MethodSource("widths")
  void everyLineOfVersion1HasTheColumnsOfItsHeader(int width) throws IOException {
    List<String> lines = text(LogPlan.v1(width, 100), 3).lines().toList();
    assertThat(lines).hasSize(102);
    assertThat(lines.get(0)).isEqualTo("#Version: 1.0");
    assertThat(lines.get(1).substring("#Fields: ".length()).split(" ", -1)).hasSize(width);
    assertThat(lines.subList(2, 102))
        .allSatisfy(line -> assertThat(line.split("\t", -1)).hasSize(width));
  }

  static List<Integer> widths() {
    return LogFields.V1_WIDTHS;
  }

  @Test
  void membersOfGzipJoinToTheSameText() throws IOException {
    LogPlan one = LogPlan.of(LogFormat.JSON, LogFields.V2, 50);
    assertThat(text(one.inMembers(4), 5))
        .isEqualTo(text(one, 5))
        .isEqualTo(text(one.inMembers(0), 5));
    byte[] four = write(one.inMembers(4), 5);
    long starts = 0;
    for (int i = 0; i < four.length - 2; i++) {
      starts += four[i] == 0x1f && four[i + 1] == (byte) 0x8b && four[i + 2] == 8 ? 1 : 0;
    }
    assertThat(starts).isGreaterThanOrEqualTo(4);
  }

  @Test
  void headersAreRepeatedAndTheLastNewlineIsLeftOut() throws IOException {
    LogPlan plan =
        new LogPlan(
            LogFormat.W3C,
            List.of("sc-bytes", "cs-uri-stem"),
            ',',
            25,
            10,
            true,
            false,
            0,
            Set.of(),
            1);
    String text = text(plan, 7);
    assertThat(text.split("#Fields: sc-bytes cs-uri-stem\r\n", -1)).hasSize(4);
    assertThat(text).doesNotEndWith("\n").doesNotContain("#Version");
    assertThat(text.split("\r\n", -1)).hasSize(28);
  }

  @Test
  void noValueHoldsTheDelimiter() throws IOException {
    LogPlan plan =
        new LogPlan(LogFormat.PLAIN, LogFields.V2, ',', 200, 0, false, true, 0, Set.of(), 1);
    assertThat(text(plan, 8).lines())
        .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(LogFields.V2.size()));
  }

  @Test
  void realTimeLinesHoldTheQueryInTheStemAndTheHostsSwapped() throws IOException {
    List<String> fields = List.of("timestamp", "cs-host", "x-host-header", "cs-uri-stem");
    String text = text(LogPlan.of(LogFormat.REAL_TIME, fields, 300).inMembers(0), 9);
    assertThat(text.lines())
        .allMatch(
            line ->
                line.matches(
                    "\\d{10}\\.\\d{3}\t[a-z0-9]+\\.example\\.(com|net)"
                        + "\td111111abcdef8\\.cloudfront\\.net\t/.*"))
        .anyMatch(line -> line.contains("?w="));
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void everyFlawIsMade(Flaw flaw) throws IOException {
    LogFormat format = flaw == Flaw.BAD_JSON ? LogFormat.JSON : LogFormat.W3C;
    LogPlan sound = LogPlan.of(format, LogFields.V1, 40).inMembers(0);
    LogPlan flawed =
        new LogPlan(format, LogFields.V1, '\t', 40, 0, false, true, 0, Set.of(flaw), 2);
    assertThat(text(flawed, 10)).isNotEqualTo(text(sound, 10));
    assertThat(text(flawed, 10).lines().count()).isEqualTo(text(sound, 10).lines().count());
  }

  @Test
  void popularObjectsAreAskedForMoreOften() {
    Popularity zipf = Popularity.zipf(1000, 1.0);
    var random = new java.util.SplittableRandom(11);
    int[] asked = new int[1000];
    for (int i = 0; i < 100_000; i++) {
      asked[zipf.next(random)]++;
    }
    assertThat(asked[0]).isBetween(12_000, 14_700);
    assertThat(asked[9]).isBetween(1_100, 1_600);
    assertThat(Arrays.stream(asked).filter(n -> n == 0).count()).isLessThan(20);
  }

  @Test
  void eachObjectOnceMeansManyPaths() throws IOException {
    var out = new ByteArrayOutputStream();
    LogWriter.write(
        LogPlan.of(LogFormat.PLAIN, List.of("cs-uri-stem"), 5000).inMembers(0),
        traffic(12, Popularity.eachOnce()),
        out);
    Set<String> paths = new HashSet<>(out.toString(StandardCharsets.UTF_8).lines().toList());
    assertThat(paths).hasSize(5000);
  }

  @Test
  void filesAreNamedAsCloudFrontNamesThem() {
    assertThat(LogGenerator.fileName(LogGenerator.DISTRIBUTION, LogGenerator.START, 0xabcdef12L))
        .isEqualTo("E2EXAMPLE12345.2026-11-22-07.abcdef12.gz");
  }

  private static Traffic traffic(long seed, Popularity popularity) {
    return new Traffic(seed, popularity, LogGenerator.START, Duration.ofHours(1), 0);
  }

  private static byte[] write(LogPlan plan, long seed) throws IOException {
    var out = new ByteArrayOutputStream();
    LogWriter.write(plan, traffic(seed, Popularity.zipf(100, 1.0)), out);
    return out.toByteArray();
  }

  private static String text(LogPlan plan, long seed) throws IOException {
    byte[] stored = write(plan, seed);
    if (plan.members() == 0) {
      return new String(stored, StandardCharsets.UTF_8);
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
