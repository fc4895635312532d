package dev.yagura.accesslog.heavy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTableTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void itCountsAsAMapWould(long seed) {
    var random = new Random(seed);
    var table = new ObjectTable(2);
    Map<String, Long> model = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      String object = "/" + "x".repeat(random.nextInt(30)) + random.nextInt(3_000);
      byte[] bytes = ("__" + object + "_").getBytes(StandardCharsets.UTF_8);
      int row = table.findOrAdd(bytes, 2, bytes.length - 1);
      table.counters(row)[table.offset(row) + 1] += i;
      model.merge(object, (long) i, Long::sum);
      if (i % 50_000 == 49_999) {
        retainSome(random, table, model);
      }
    }
    assertThat(table.size()).isEqualTo(model.size());
    model.forEach(
        (object, sum) -> {
          int row = table.find(object.getBytes(StandardCharsets.UTF_8));
          assertThat(table.row(row)).containsExactly(0, sum);
        });
  }

  private static void retainSome(Random random, ObjectTable table, Map<String, Long> model) {
    var kept = new BitSet();
    for (int row = 0; row < table.size(); row++) {
      if (random.nextBoolean()) {
        kept.set(row);
      } else {
        model.remove(new String(table.object(row), StandardCharsets.UTF_8));
      }
    }
    table.retain(kept);
  }

  @Test
  void aRowThatWasLetGoBeginsAtZeroAgain() {
    var table = new ObjectTable(1);
    byte[] object = {'a'};
    table.counters(table.findOrAdd(object))[0] = 7;
    table.clear();
    assertThat(table.find(object)).isNegative();
    assertThat(table.row(table.findOrAdd(object))).containsExactly(0);
  }

  @Test
  void theEmptyObjectIsAnObject() {
    var table = new ObjectTable(1);
    int row = table.findOrAdd(new byte[0]);
    assertThat(table.find(new byte[] {1}, 1, 1)).isEqualTo(row);
  }

  @Test
  void aTableOfOneRowHasRoomForAFew() {
    var table = new ObjectTable(10);
    assertThat(table.counters(table.findOrAdd(new byte[] {1}))).hasSizeLessThanOrEqualTo(100);
  }
}
