package dev.yagura.accesslog.heavy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvictionTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void exactlySoManyGoAndNoneThatStaysIsLowerThanOneThatGoes(long seed) {
    var random = new Random(seed);
    double[] scores = new double[1 + random.nextInt(300)];
    Arrays.setAll(scores, row -> random.nextInt(20));
    int evicted = random.nextInt(scores.length + 1);
    BitSet kept = Eviction.survivors(scores.clone(), evicted);
    assertThat(scores.length - kept.cardinality()).isEqualTo(evicted);
    double highestGone = Double.NEGATIVE_INFINITY;
    double lowestKept = Double.POSITIVE_INFINITY;
    for (int row = 0; row < scores.length; row++) {
      if (kept.get(row)) {
        lowestKept = Math.min(lowestKept, scores[row]);
      } else {
        highestGone = Math.max(highestGone, scores[row]);
      }
    }
    assertThat(highestGone).isLessThanOrEqualTo(lowestKept);
  }

  @Test
  void amongEqualsTheOldestGo() {
    assertThat(Eviction.survivors(new double[] {1, 1, 1, 1}, 2).stream()).containsExactly(2, 3);
  }

  @Test
  void whatMustStayStaysEvenIfTooFewGo() {
    double stays = Double.POSITIVE_INFINITY;
    assertThat(Eviction.survivors(new double[] {stays, 3, stays}, 2).stream())
        .containsExactly(0, 2);
  }
}
