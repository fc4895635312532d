package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aurorapostgres.scrapers.TopStatements.Group;
import dev.yagura.aurorapostgres.scrapers.TopStatements.Reading;
import dev.yagura.aurorapostgres.scrapers.TopStatements.ReadingKey;
import dev.yagura.aurorapostgres.scrapers.TopStatements.StatementKey;
import dev.yagura.aurorapostgres.scrapers.TopStatements.Total;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TopStatementsTest {
  private static final Group SHOP = new Group("shop", "app");

  private final TopStatements top = new TopStatements(4, 3, 2);

  private static Reading entry(long queryId, long time, long calls) {
    return entry(queryId, true, 0, time, calls);
  }

  private static Reading entry(long queryId, boolean topLevel, double since, long... totals) {
    return new Reading(new ReadingKey(new StatementKey(SHOP, queryId), topLevel), since, totals);
  }

  private static long time(List<Total> series, @Nullable Long queryId) {
    return series.stream()
        .filter(total -> java.util.Objects.equals(total.queryId(), queryId))
        .mapToLong(total -> total.totals()[0])
        .sum();
  }

  private Set<Long> members() {
    Set<Long> ids = new HashSet<>();
    top.members().forEach(key -> ids.add(key.queryId()));
    return ids;
  }

  @Test
  void theFirstLookShowsZerosForWhatHappenedWhenIsNotKnown() {
    List<Total> series = top.look(1, List.of(entry(1, 500, 5), entry(2, 100, 1)));

    assertThat(series).allSatisfy(total -> assertThat(total.totals()).containsExactly(0, 0));
    assertThat(members()).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aMembersIncrementIsItsOwnAndEverybodyElsesIsOthers() {
    top.look(1, List.of(entry(1, 500, 5), entry(2, 400, 4), entry(3, 300, 3)));
    List<Total> series = top.look(1, List.of(entry(1, 510, 6), entry(2, 420, 5), entry(3, 305, 4)));

    assertThat(time(series, 1L)).isEqualTo(10);
    assertThat(time(series, 2L)).isEqualTo(20);
    assertThat(time(series, null)).isEqualTo(5);
  }

  @Test
  void aStatementThatEntersBeginsAtZeroAndItsPastStaysInOther() {
    top.look(1, List.of(entry(1, 0, 0)));
    List<Total> entering = top.look(1, List.of(entry(1, 70, 7)));
    List<Total> next = top.look(1, List.of(entry(1, 75, 8)));

    assertThat(time(entering, 1L)).isZero();
    assertThat(time(entering, null)).isEqualTo(70);
    assertThat(time(next, 1L)).isEqualTo(5);
    assertThat(time(next, null)).isEqualTo(70);
  }

  @Test
  void aStatementThatLeavesDoesNotMakeOtherJump() {
    top.look(1, List.of(entry(1, 500, 5)));
    top.look(1, List.of(entry(1, 900, 9)));
    for (int i = 0; i < 3; i++) {
      top.look(1, List.of(entry(1, 900, 9)));
    }

    assertThat(members()).isEmpty();
    assertThat(time(top.look(1, List.of(entry(1, 907, 9))), null)).isEqualTo(7);
  }

  @Test
  void aRankThatFlapsDoesNotMakeSeriesFlap() {
    long[] time = new long[6];
    top.look(1, look(time));
    for (int i = 0; i < 20; i++) {
      for (int q = 0; q < 6; q++) {
        time[q] += q < 2 ? 100 : q < 4 ? 50 + (i + q) % 2 * 100 : 1;
      }
      top.look(1, look(time));
      if (i > 2) {
        // The second of two that are equal is third at best, and never claims a seat.
        assertThat(members()).containsExactlyInAnyOrder(0L, 2L, 3L);
      }
    }
  }

  private static List<Reading> look(long[] time) {
    List<Reading> entries = new ArrayList<>();
    for (int q = 0; q < time.length; q++) {
      entries.add(entry(q, time[q], time[q]));
    }
    return entries;
  }

  @Test
  void aClaimantAlwaysFindsASeatFromOneBeyondThePlaces() {
    top.look(1, look(new long[] {9, 8, 7, 6, 0, 0, 0, 0}));
    top.look(1, look(new long[] {10, 10, 107, 106, 0, 0, 0, 0}));
    assertThat(members()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);

    top.look(1, look(new long[] {10, 10, 117, 116, 500, 400, 0, 0}));

    assertThat(members()).containsExactlyInAnyOrder(2L, 3L, 4L, 5L);
  }

  @Test
  void anEntryThatWentDownOrWasBegunAnewCountsInFull() {
    top.look(1, List.of(entry(1, 500, 5), entry(2, true, 1, 100, 1)));
    List<Total> series = top.look(1, List.of(entry(1, 40, 9), entry(2, true, 2, 130, 3)));

    assertThat(time(series, 1L)).isEqualTo(40);
    assertThat(time(series, 2L)).isEqualTo(130);
  }

  @Test
  void oneOfTwoEntriesThatIsEvictedDoesNotMakeTheOtherCountAgain() {
    top.look(1, List.of(entry(1, true, 0, 500, 5), entry(1, false, 0, 300, 3)));
    List<Total> gone = top.look(1, List.of(entry(1, true, 0, 501, 6)));
    List<Total> back = top.look(1, List.of(entry(1, true, 0, 502, 7), entry(1, false, 0, 4, 1)));

    assertThat(time(gone, 1L)).isEqualTo(1);
    assertThat(time(back, 1L)).isEqualTo(6);
  }

  @Test
  void aRestartOfTheServerCountsNothingAndKeepsWhatWasCounted() {
    top.look(1, List.of(entry(1, 500, 5)));
    top.look(1, List.of(entry(1, 520, 6)));
    List<Total> restarted = top.look(2, List.of(entry(1, 9_000, 90)));

    assertThat(time(restarted, 1L)).isEqualTo(20);
    assertThat(time(top.look(2, List.of(entry(1, 9_001, 91))), 1L)).isEqualTo(21);
  }

  @Test
  void increasesOfAllSeriesAddUpToThePlainSumWhateverHappens() {
    var random = new Random(20_241_123);
    var model = new TopStatements(10, 3, 2);
    Map<ReadingKey, long[]> server = new HashMap<>();
    Map<Group, long[]> expected = new HashMap<>();
    Map<String, long[]> shown = new HashMap<>();
    Map<Group, long[]> increases = new HashMap<>();
    Map<ReadingKey, long[]> last = Map.of();
    for (int look = 0; look < 2_000; look++) {
      churn(random, server);
      if (look > 0) {
        for (Map.Entry<ReadingKey, long[]> one : server.entrySet()) {
          long[] before = last.get(one.getKey());
          boolean reset =
              before == null || one.getValue()[0] < before[0] || one.getValue()[1] < before[1];
          add(expected, one.getKey().statement().group(), one.getValue(), reset ? null : before);
        }
      }
      last = new HashMap<>();
      List<Reading> entries = new ArrayList<>();
      for (Map.Entry<ReadingKey, long[]> one : server.entrySet()) {
        last.put(one.getKey(), one.getValue().clone());
        entries.add(new Reading(one.getKey(), 0, one.getValue().clone()));
      }

      List<Total> series = model.look(1, entries);

      Map<String, long[]> now = new HashMap<>();
      for (Total total : series) {
        String name = total.group() + "/" + total.queryId();
        long[] before = shown.get(name);
        now.put(name, total.totals());
        add(increases, total.group(), total.totals(), before);
        if (before != null) {
          assertThat(total.totals()[0]).as(name).isGreaterThanOrEqualTo(before[0]);
        }
      }
      shown = now;
      assertThat(model.members()).hasSizeLessThanOrEqualTo(10);
      expected.forEach(
          (group, sum) ->
              assertThat(increases.getOrDefault(group, new long[2]))
                  .as("%s", group)
                  .isEqualTo(sum));
    }
    assertThat(expected).hasSize(4);
  }

  /** Entries grow, unevenly and with changing favourites; some are evicted, some come, all go. */
  private static void churn(Random random, Map<ReadingKey, long[]> server) {
    if (random.nextInt(200) == 0) {
      server.clear();
    }
    server.keySet().removeIf(key -> random.nextInt(60) == 0);
    for (int i = 0; i < 15; i++) {
      var group = new Group("db" + random.nextInt(2), "user" + random.nextInt(2));
      var key = new ReadingKey(new StatementKey(group, random.nextInt(40)), random.nextInt(5) > 0);
      long[] totals = server.computeIfAbsent(key, unused -> new long[2]);
      totals[0] += (long) Math.exp(random.nextDouble() * 12);
      totals[1]++;
    }
  }

  private static void add(
      Map<Group, long[]> sums, Group group, long[] now, long @Nullable [] before) {
    long[] sum = sums.computeIfAbsent(group, unused -> new long[2]);
    for (int i = 0; i < 2; i++) {
      sum[i] += now[i] - (before == null ? 0 : before[i]);
    }
  }
}
