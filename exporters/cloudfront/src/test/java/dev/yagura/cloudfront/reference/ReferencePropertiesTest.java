package dev.yagura.cloudfront.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.cloudfront.count.FileCounter;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.ObjectNaming.Rewrite;
import dev.yagura.loggenerator.AnyPlan;
import dev.yagura.loggenerator.LogFields;
import dev.yagura.loggenerator.LogFormat;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is counted is what the plainest possible program counts, on every column. */
class ReferencePropertiesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final Duration KEPT = Duration.ofDays(3650);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int PLENTY = 100_000;
  private static final Set<String> NEEDED =
      Set.of("cs-uri-stem", "sc-status", "sc-bytes", "date", "time", "timestamp");

  @Property(tries = 600)
  void filesOfEveryFormatAreCountedAsTheReferenceDoes(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    LogPlan plan = AnyPlan.next(random, random.nextInt(4) == 0, NEEDED);
    int invented = random.nextInt(3) == 0 ? 45 : 0;
    byte[] stored = write(plan, random.nextLong(), invented);
    ObjectNaming naming = random.nextBoolean() ? ObjectNaming.PATH : namingOf(random);
    ReferenceCounter expected = reference(plan, naming);
    expected.add(stored);
    FileCounts counts = new FileCounts(PLENTY, object -> false);
    FileCounter.detailed(naming, KEPT, CLOCK).read(pieces(stored, random), shape(plan), counts);
    Comparison.assertSame(counts, expected);
  }

  @Property(tries = 20)
  void unknownResultTypesAreToldApartUpToABound(@ForAll long seed) throws IOException {
    LogPlan plan = LogPlan.v1(33, 400);
    byte[] stored = write(plan, seed, 60);
    ReferenceCounter expected = reference(plan, ObjectNaming.PATH);
    expected.add(stored);
    assertThat(expected.results).containsKey("other");
    Comparison.assertSame(count(stored), expected);
  }

  @Property(tries = 200)
  void theOrderOfFilesDoesNotMatter(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    List<LogPlan> plans = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      LogPlan plan = AnyPlan.next(random, false, NEEDED);
      plans.add(plan);
      files.add(write(plan, random.nextLong(), 0));
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, files.size()).boxed().toList());
    FileCounts inOrder = count(plans, files, order);
    Collections.shuffle(order, random);
    FileCounts shuffled = count(plans, files, order);
    assertThat(Comparison.hours(shuffled)).isEqualTo(Comparison.hours(inOrder));
    assertThat(shuffled.results()).isEqualTo(inOrder.results());
    assertThat(shuffled.lines()).isEqualTo(inOrder.lines());
    assertThat(shuffled.bytes()).isEqualTo(inOrder.bytes());
    assertThat(shuffled.newest()).isEqualTo(inOrder.newest());
  }

  @Property(tries = 200)
  void theOrderOfLinesDoesNotMatter(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    LogPlan plan = LogPlan.v1(33, 1 + random.nextInt(60)).inMembers(0);
    List<String> lines =
        new ArrayList<>(new String(write(plan, seed, 0), StandardCharsets.UTF_8).lines().toList());
    FileCounts inOrder = count(join(lines));
    Collections.shuffle(lines.subList(2, lines.size()), random);
    FileCounts shuffled = count(join(lines));
    assertThat(Comparison.hours(shuffled)).isEqualTo(Comparison.hours(inOrder));
    assertThat(shuffled.results()).isEqualTo(inOrder.results());
  }

  @Property(tries = 200)
  void membersOfGzipAreCountedAsOftenAsTheyAreThere(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    LogPlan plan = LogPlan.of(LogFormat.PLAIN, LogFields.V2, random.nextInt(40)).inMembers(1);
    byte[] member = write(plan, seed, 0);
    var twice = new ByteArrayOutputStream();
    twice.writeBytes(member);
    twice.writeBytes(write(plan.inMembers(3), seed + 1, 0));
    twice.writeBytes(member);
    ReferenceCounter expected = reference(plan, ObjectNaming.PATH);
    expected.add(twice.toByteArray());
    FileCounts counts = new FileCounts(PLENTY, object -> false);
    FileCounter.detailed(ObjectNaming.PATH, KEPT, CLOCK)
        .read(new ByteArrayInputStream(twice.toByteArray()), shape(plan), counts);
    Comparison.assertSame(counts, expected);
  }

  private static byte[] join(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static FileCounts count(byte[] stored) throws IOException {
    FileCounts counts = new FileCounts(PLENTY, object -> false);
    FileCounter.detailed(ObjectNaming.PATH, KEPT, CLOCK)
        .read(new ByteArrayInputStream(stored), LogShape.OF_FILE, counts);
    return counts;
  }

  private static FileCounts count(List<LogPlan> plans, List<byte[]> files, List<Integer> order)
      throws IOException {
    FileCounts counts = new FileCounts(PLENTY, object -> false);
    FileCounter counter = FileCounter.detailed(ObjectNaming.PATH, KEPT, CLOCK);
    for (int file : order) {
      counter.read(new ByteArrayInputStream(files.get(file)), shape(plans.get(file)), counts);
    }
    return counts;
  }

  private static byte[] write(LogPlan plan, long seed, int inventedTypes) {
    return LogWriter.bytes(
        plan,
        new Traffic(
            seed,
            Popularity.zipf(40, 1.0),
            LogGenerator.START,
            Duration.ofHours(3),
            inventedTypes));
  }

  private static LogShape shape(LogPlan plan) {
    return new LogShape(
        plan.format().hasHeader() ? List.of() : plan.fields(), Optional.of(plan.delimiter()));
  }

  private static ObjectNaming namingOf(Random random) {
    return new ObjectNaming(
        random.nextBoolean() ? List.of("w", "v") : List.of("v"),
        random.nextBoolean()
            ? List.of()
            : List.of(
                Rewrite.of("^/img/[0-9]+/", "/img/{id}/"),
                Rewrite.of("-([0-9a-f]{4})[0-9a-f]{4}", "-$1"),
                Rewrite.of("^/(lake|stone)/", "/" + "long/".repeat(120))));
  }

  private static ReferenceCounter reference(LogPlan plan, ObjectNaming naming) {
    return new ReferenceCounter(
        plan.fields(),
        plan.delimiter(),
        new ReferenceNaming(
            naming.queryParameters(),
            naming.rules().stream()
                .map(rule -> Map.entry(rule.match().pattern(), rule.replacement()))
                .toList()),
        NOW.plus(Duration.ofDays(1)));
  }

  /** The file in pieces of one byte, of some, or at once. */
  private static InputStream pieces(byte[] stored, Random random) {
    int largest = List.of(1, 700, Integer.MAX_VALUE).get(random.nextInt(3));
    return new ByteArrayInputStream(stored) {
      @Override
      public synchronized int read(byte[] target, int from, int length) {
        return super.read(target, from, Math.min(length, 1 + random.nextInt(largest)));
      }
    };
  }
}
