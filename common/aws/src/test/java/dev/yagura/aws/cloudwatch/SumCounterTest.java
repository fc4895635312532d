package dev.yagura.aws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SumCounterTest {
  private static final long PERIOD = 300;

  private final SumCounter counter = new SumCounter(PERIOD, 3_000);

  @Test
  void aPeriodThatIsReadTwiceCountsOnce() {
    counter.put(3_000, 5);
    counter.put(3_000, 5);
    counter.askedUntil(3_300, 2_100);

    assertThat(counter.value()).isEqualTo(5);
  }

  @Test
  void aPeriodThatIsCorrectedCountsAsItWasReadLast() {
    counter.put(3_000, 5);
    counter.askedUntil(3_300, 2_100);
    counter.put(3_000, 8);
    counter.askedUntil(3_600, 2_400);

    assertThat(counter.value()).isEqualTo(8);
  }

  @Test
  void aCorrectionDownwardsNeverLetsItFallAndIsMadeUpLater() {
    counter.put(3_000, 8);
    counter.askedUntil(3_300, 2_100);
    counter.put(3_000, 5);
    counter.put(3_300, 1);
    counter.askedUntil(3_600, 2_400);
    assertThat(counter.value()).isEqualTo(8);

    counter.put(3_600, 4);
    counter.askedUntil(3_900, 2_700);
    assertThat(counter.value()).isEqualTo(10);
  }

  @Test
  void whatWasBeforeItsOriginDoesNotCount() {
    counter.put(2_700, 100);
    counter.askedUntil(3_000, 2_100);

    assertThat(counter.value()).isZero();
  }

  @Test
  void aPeriodThatIsSettledDoesNotChange() {
    counter.put(3_000, 5);
    counter.askedUntil(3_600, 3_300);
    counter.put(3_000, 50);
    counter.askedUntil(3_900, 3_600);

    assertThat(counter.value()).isEqualTo(5);
  }

  @Test
  void whatLiesTooFarBackIsKeptAsItWas() {
    counter.put(3_000, 5);
    counter.askedUntil(3_300, 2_100);
    counter.forgetBefore(900_000);
    counter.put(900_000, 2);
    counter.askedUntil(900_300, 893_100);

    assertThat(counter.value()).isEqualTo(7);
  }

  @Test
  void withAnotherPeriodItGoesOnWhereItWas() {
    counter.put(3_000, 5);
    counter.askedUntil(3_300, 2_100);
    SumCounter other = counter.inPeriodsOf(new Periods(60, java.time.Duration.ZERO));
    other.put(3_240, 100);
    other.put(3_300, 2);
    other.askedUntil(3_360, 2_160);

    assertThat(other.value()).isEqualTo(7);
  }

  /** Whatever is asked again, comes late, is corrected, or is lost by a restart in between. */
  @Property(tries = 300)
  void itIsTheTrueTotalOnceAllCorrectionsAreIn(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int periods) {
    var random = new Random(seed);
    SumCounter one = new SumCounter(PERIOD, 0);
    long horizon = 12 * PERIOD;
    Map<Long, Double> published = new HashMap<>();
    List<Double> seen = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      long end = (i + 1) * PERIOD;
      published.put(end - PERIOD, (double) random.nextInt(100));
      if (i > 0) { // A late sample for one that may still change.
        long back = end - PERIOD * (1 + random.nextInt(Math.min(i, 10)));
        published.merge(back - PERIOD, (double) random.nextInt(5), Double::sum);
      }
      if (random.nextInt(3) == 0 && i < periods - 1) {
        continue; // Throttled.
      }
      for (long start = one.open(); start < end; start += PERIOD) {
        Double value = published.get(start);
        if (value != null) {
          one.put(start, value);
        }
      }
      SumCounter before = copy(one);
      one.askedUntil(end, Math.max(0, end - horizon));
      if (random.nextInt(4) == 0 && i < periods - 1) {
        one = before; // It ended before this was saved.
      } else if (random.nextBoolean()) {
        one = copy(one);
      }
      seen.add(one.value());
    }
    double truth = published.values().stream().mapToDouble(Double::doubleValue).sum();

    assertThat(one.value()).isEqualTo(truth);
    assertThat(seen).isSorted();
  }

  private static SumCounter copy(SumCounter one) {
    return new SumCounter(
        one.seconds(), one.settled(), one.open(), one.recent(), one.value(), one.until());
  }
}
