package dev.yagura.accesslog.heavy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeavyHittersTest {
  private static final int REQUESTS = 0;
  private static final int BYTES = 1;
  private static final int ERRORS = 2;

  /** Requests; bytes; requests and errors together. */
  private static final int[][] WEIGHTS = {{REQUESTS}, {BYTES}, {REQUESTS, ERRORS}};

  private final Map<String, long[]> truth = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void untilThereIsNoRoomEverythingIsExact(long seed) {
    var hitters = new HeavyHitters(3, WEIGHTS, 200);
    stream(new Random(seed), hitters, 5_000, 200, 0);
    assertThat(hitters.table().size()).isEqualTo(truth.size());
    for (int weight = 0; weight < WEIGHTS.length; weight++) {
      assertThat(hitters.bound(weight)).isZero();
      for (int row = 0; row < hitters.table().size(); row++) {
        assertThat(hitters.counted(row, weight)).isEqualTo(truth(hitters, row, weight));
        assertThat(hitters.error(row, weight)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsCountedIsNeverMoreAndWithItsErrorNeverLessThanTheTruth(long seed) {
    var hitters = new HeavyHitters(3, WEIGHTS, 40);
    stream(new Random(seed), hitters, 20_000, 60, 400);
    checkBounds(hitters);
    assertThat(hitters.table().size()).isLessThanOrEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void addingKeepsBothTrue(long seed) {
    var random = new Random(seed);
    var sum = new HeavyHitters(3, WEIGHTS, 60);
    for (int file = 0; file < 8; file++) {
      var one = new HeavyHitters(3, WEIGHTS, 20 + random.nextInt(60));
      stream(random, one, 2_000, 80, random.nextInt(300));
      sum.add(one);
      checkBounds(sum);
    }
    assertThat(sum.table().size()).isLessThanOrEqualTo(60);
  }

  @Test
  void addingWhatIsExactToWhatIsExactIsExact() {
    var random = new Random(9);
    var sum = new HeavyHitters(3, WEIGHTS, 1_000);
    for (int file = 0; file < 5; file++) {
      var one = new HeavyHitters(3, WEIGHTS, 1_000);
      stream(random, one, 2_000, 300, 0);
      sum.add(one);
    }
    for (int row = 0; row < sum.table().size(); row++) {
      assertThat(sum.table().row(row)).isEqualTo(truth.get(name(sum, row)));
    }
    assertThat(sum.table().size()).isEqualTo(truth.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aFloodOfObjectsAskedForOnceDoesNotPushOutTheTopOfAnyWeight(long seed) {
    var hitters = new HeavyHitters(3, WEIGHTS, 1_500);
    var random = new Random(seed);
    // A tenth is asked for by people: objects of a Zipf distribution, the rest never again.
    for (int i = 0; i < 100_000; i++) {
      boolean flood = i % 10 != 0;
      int rank = (int) Math.exp(random.nextDouble() * Math.log(5_000));
      String object = flood ? "/random/" + random.nextLong() : "/page/" + rank;
      count(hitters, object, flood ? 300 : 10_000L * (rank % 7 + 1), flood ? 1 : 0);
    }
    for (int weight : new int[] {REQUESTS, BYTES}) {
      for (String object : top(weight, 20)) {
        assertThat(hitters.table().find(bytes(object))).as(object).isNotNegative();
      }
    }
    checkBounds(hitters);
    assertThat(hitters.table().size()).isLessThanOrEqualTo(1_500);
  }

  @Test
  void whatIsCountedAndWhatWasToldOfRowsThatWentIsTheTruth() {
    var hitters = new HeavyHitters(3, WEIGHTS, 20);
    Map<String, long[]> told = new HashMap<>();
    hitters.onEviction(
        (object, counters) ->
            told.merge(
                new String(object, StandardCharsets.UTF_8), counters, HeavyHittersTest::sum));
    stream(new Random(4), hitters, 5_000, 500, 500);
    assertThat(told).hasSizeGreaterThan(100);
    truth.forEach(
        (object, expected) -> {
          int row = hitters.table().find(bytes(object));
          long[] counted = row < 0 ? new long[3] : hitters.table().row(row);
          assertThat(sum(counted, told.getOrDefault(object, new long[3]))).isEqualTo(expected);
        });
  }

  private static long[] sum(long[] one, long[] two) {
    long[] sum = one.clone();
    Arrays.setAll(sum, i -> one[i] + two[i]);
    return sum;
  }

  @Test
  void theBoundIsAFewTimesTheShareOfOneRowAtMost() {
    var hitters = new HeavyHitters(3, new int[][] {{REQUESTS}}, 1_000);
    for (int i = 0; i < 200_000; i++) {
      count(hitters, "/random/" + i, 1, 0);
    }
    // Misra-Gries with a quarter evicted at a time: at most the total over three quarters.
    assertThat(hitters.bound(0)).isLessThanOrEqualTo(200_000 / 750 + 1);
  }

  private void checkBounds(HeavyHitters hitters) {
    for (int weight = 0; weight < WEIGHTS.length; weight++) {
      for (int row = 0; row < hitters.table().size(); row++) {
        long counted = hitters.counted(row, weight);
        assertThat(truth(hitters, row, weight))
            .isBetween(counted, counted + hitters.error(row, weight));
      }
      for (Map.Entry<String, long[]> entry : truth.entrySet()) {
        if (hitters.table().find(bytes(entry.getKey())) < 0) {
          assertThat(sum(entry.getValue(), weight)).isLessThanOrEqualTo(hitters.bound(weight));
        }
      }
    }
  }

  private void stream(Random random, HeavyHitters hitters, int events, int hot, int cold) {
    for (int i = 0; i < events; i++) {
      int object = random.nextInt(3) > 0 ? random.nextInt(hot) : random.nextInt(hot + cold);
      count(hitters, "/object/" + object, random.nextInt(1_000), random.nextInt(2));
    }
  }

  private void count(HeavyHitters hitters, String object, long size, long errors) {
    byte[] bytes = bytes("<" + object + ">");
    int row = hitters.row(bytes, 1, bytes.length - 1);
    long[] counters = hitters.table().counters(row);
    int offset = hitters.table().offset(row);
    long[] known = truth.computeIfAbsent(object, key -> new long[3]);
    long[] more = {1, size, errors};
    for (int column = 0; column < more.length; column++) {
      counters[offset + column] += more[column];
      known[column] += more[column];
    }
  }

  private List<String> top(int weight, int count) {
    List<String> objects = new ArrayList<>(truth.keySet());
    objects.sort(Comparator.comparingLong((String name) -> -sum(known(name), weight)));
    return objects.subList(0, count);
  }

  private long truth(HeavyHitters hitters, int row, int weight) {
    return sum(known(name(hitters, row)), weight);
  }

  private long[] known(String name) {
    return truth.getOrDefault(name, new long[3]);
  }

  private static long sum(long[] counters, int weight) {
    long sum = 0;
    for (int column : WEIGHTS[weight]) {
      sum += counters[column];
    }
    return sum;
  }

  private static String name(HeavyHitters hitters, int row) {
    return new String(hitters.table().object(row), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theBestOfManyLargeFilesAreExactInASmallTable() {
    var sum = new HeavyHitters(3, WEIGHTS, 200);
    Map<String, Long> truth = new HashMap<>();
    var random = new Random(7);
    for (int file = 0; file < 6; file++) {
      var hitters = new HeavyHitters(3, WEIGHTS, 100_000);
      for (int i = 0; i < 60_000; i++) {
        String object = "/" + (int) Math.pow(20_000, random.nextDouble());
        count(hitters, object, 1, random.nextInt(1_000));
        truth.merge(object, 1L, Long::sum);
      }
      sum.add(hitters);
      assertThat(sum.table().size()).isLessThanOrEqualTo(200);
    }
    truth.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(100)
        .forEach(
            best -> {
              int row = sum.table().find(bytes(best.getKey()));
              assertThat(row).as(best.getKey()).isNotNegative();
              assertThat(sum.table().get(row, REQUESTS)).isEqualTo(best.getValue());
            });
  }

  @Test
  void longNamesTakeNoMoreMemoryThanShortOnes() {
    var hitters = new HeavyHitters(3, WEIGHTS, 1_000);
    for (int i = 0; i < 5_000; i++) {
      count(hitters, "/" + i + "x".repeat(500), 1, 0);
    }
    assertThat(hitters.table().size()).isBetween(50, 1_000 / 8);
    var sum = new HeavyHitters(3, WEIGHTS, 500);
    sum.add(hitters);
    assertThat(sum.table().size()).isBetween(25, 500 / 8 + 1);
  }
}
