package dev.yagura.accesslog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatedKeysTest {
  private static final Instant FROM = Instant.parse("2026-11-22T07:30:00Z");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final DatedKeys KEYS = new DatedKeys(FROM);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cf/E1.2026-11-22-07.abc.gz",
        "cf/E1.2026-11-23-00.abc.gz",
        "cf/2026/11/22/07/x.gz",
        "cf/2026/11/22/x.gz",
        "cf/2026-11-22/x.gz",
        "2026-11-22",
        "cf/year=2026/month=11/day=22/hour=07/x.gz",
        "cf/year=2026/month=11/day=22/x.gz",
        "cf/E1.2027-01-01-00.abc.gz",
        "cf/2026-13-01/2026-11-22.gz",
      })
  void aDateInTheWindowIsWantedWheneverItWasWritten(String key) {
    assertThat(KEYS.isWanted(key, LONG_AGO)).isTrue();
    assertThat(KEYS.next(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cf/E1.2026-11-22-06.abc.gz",
        "cf/2026/11/22/06/x.gz",
        "cf/2026/11/21/x.gz",
        "cf/2026-11-21/x.gz",
        "cf/year=2025/month=11/day=22/x.gz",
      })
  void aDateBeforeTheWindowIsNot(String key) {
    assertThat(KEYS.isWanted(key, FROM.plusSeconds(60))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cf/E1.abc.gz",
        "cf/2026-13-45/x.gz",
        "cf/20261122/x.gz",
        "cf/12026-11-22/x.gz",
        "cf/2026-11/22/x.gz",
        "2026-11-223",
      })
  void withoutADateItIsWhenItWasWritten(String key) {
    assertThat(KEYS.isWanted(key, FROM)).isTrue();
    assertThat(KEYS.isWanted(key, FROM.minusMillis(1))).isFalse();
    assertThat(KEYS.next(key)).isEmpty();
  }

  @Test
  void anOldKeyLeadsToTheWindowInItsOwnSpelling() {
    assertThat(KEYS.next("cf/E1.2026-01-02-03.x.gz")).contains("cf/E1.2026-11-21~");
    assertThat(KEYS.next("cf/2026/01/02/03/x.gz")).contains("cf/2026/11/21~");
    assertThat(KEYS.next("a/year=2026/month=01/day=02/x")).contains("a/year=2026/month=11/day=21~");
  }

  @Test
  void anOlderYearLeadsNoFurtherThanBehindThatYear() {
    assertThat(KEYS.next("cf/E1.2024-01-02-03.x.gz")).contains("cf/E1.2024-~");
    assertThat(KEYS.next("cf/2024/12/02/03/x.gz")).contains("cf/2024/~");
  }

  /** Against looking at each key by itself. */
  @Test
  void noKeyOfTheWindowIsMissedAndNoneIsReadTwice() {
    int jumped = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Instant from = FROM.plus(Duration.ofHours(random.nextInt(24 * 60)));
      DatedKeys dates = new DatedKeys(from);
      NavigableMap<String, Instant> bucket = bucket(random, from);
      List<String> wanted =
          bucket.entrySet().stream()
              .filter(entry -> dates.isWanted(entry.getKey(), entry.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      List<String> listed = new ArrayList<>();
      jumped += list(bucket, dates, 1 + random.nextInt(8), listed);

      assertThat(listed).as("seed %d, from %s", seed, from).isEqualTo(wanted);
    }
    assertThat(jumped).isGreaterThan(10_000);
  }

  private static int list(
      NavigableMap<String, Instant> bucket, DatedKeys dates, int page, List<String> wanted) {
    int jumps = 0;
    String after = "";
    while (true) {
      List<Map.Entry<String, Instant>> contents =
          bucket.tailMap(after, false).entrySet().stream().limit(page).toList();
      if (contents.isEmpty()) {
        return jumps;
      }
      for (Map.Entry<String, Instant> entry : contents) {
        if (dates.isWanted(entry.getKey(), entry.getValue())) {
          wanted.add(entry.getKey());
        }
      }
      String last = contents.get(contents.size() - 1).getKey();
      Optional<String> next = dates.next(last);
      jumps += next.isPresent() ? 1 : 0;
      String target = next.orElse(last);
      assertThat(DatedKeys.compare(target, last)).isGreaterThanOrEqualTo(0);
      after = target;
    }
  }

  private static final List<String> BEFORE =
      List.of("", "cf/", "cf/E1.", "cf/E1/", "cf/E2.", "a😀/", "a\uFFFDb/", "2026_", "x/2024", "~");
  private static final List<String> SPELLINGS =
      List.of(
          "uuuu-MM-dd-HH",
          "uuuu-MM-dd",
          "uuuu/MM/dd/HH",
          "uuuu/MM/dd",
          "'year='uuuu'/month='MM'/day='dd",
          "'year='uuuu'/month='MM'/day='dd'/hour='HH");
  private static final List<String> AFTER =
      List.of("", ".x.gz", "/x.gz", "~", "-a", "/E1.gz", "\uFFFD");
  private static final List<String> UNDATED =
      List.of(
          "x.gz", "README", "2024", "20241", "2024x/", "2026.gz", "2026112207", "é", "year=2024");

  private static NavigableMap<String, Instant> bucket(Random random, Instant from) {
    NavigableMap<String, Instant> bucket = new TreeMap<>(DatedKeys::compare);
    for (int i = 0; i < 120; i++) {
      Instant date = from.plus(Duration.ofHours(random.nextInt(24 * 800) - 24L * 780));
      Instant near = from.plus(Duration.ofHours(random.nextInt(96) - 48L));
      Instant at = random.nextBoolean() ? date : near;
      String tail =
          random.nextInt(4) == 0
              ? one(random, UNDATED)
              : DateTimeFormatter.ofPattern(one(random, SPELLINGS), Locale.ROOT)
                      .format(at.atOffset(ZoneOffset.UTC))
                  + one(random, AFTER);
      bucket.put(one(random, BEFORE) + tail, random.nextBoolean() ? date : near);
    }
    return bucket;
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
