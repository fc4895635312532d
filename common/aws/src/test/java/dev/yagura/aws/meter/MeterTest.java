package dev.yagura.aws.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MeterTest {
  private final FakeClock clock = FakeClock.at(Instant.parse("2026-11-25T00:00:00Z"));
  private final Meter meter = new Meter(PriceList.read(), clock);

  @Test
  void thePricesHaveADate() {
    assertThat(meter.prices().date()).isAfter(LocalDate.of(2026, 1, 1));
  }

  @Test
  void aMetricThatIsAskedEveryMinuteCosts44CentsAMonthAndEveryFiveMinutesNine() {
    double price = meter.prices().dollars("cloudwatch", "GetMetricData");

    assertThat(Meter.MONTH.toMinutes() * price).isCloseTo(0.44, within(0.005));
    assertThat(Meter.MONTH.toMinutes() / 5.0 * price).isCloseTo(0.09, within(0.005));
  }

  @Test
  void whatIsNotListedIsFree() {
    assertThat(meter.prices().dollars("rds", "DescribeDBInstances")).isZero();
  }

  @Test
  void anOperationsOwnPriceComesBeforeItsServices() {
    assertThat(meter.prices().dollars("s3", "ListObjectsV2"))
        .isGreaterThan(meter.prices().dollars("s3", "GetObject"));
  }

  @Test
  void whatHappensAtTheStartIsNotTakenForAHabit() {
    meter.bill("cloudwatch", "ListMetrics", 100, false);
    clock.advance(Duration.ofMinutes(1));

    // A tenth of a cent in an hour, not in a minute.
    assertThat(meter.unplannedDollarsPerMonth()).isCloseTo(0.7305, within(0.0001));
  }

  @Test
  void whatWasSpentLongerThanADayAgoIsForgotten() {
    meter.bill("cloudwatch", "ListMetrics", 100_000, false);
    clock.advance(Duration.ofHours(26));

    assertThat(meter.unplannedDollarsPerMonth()).isZero();
    assertThat(meter.dollars()).isCloseTo(1.0, within(1e-9));
  }

  @Test
  void whatIsPlannedIsNoSurprise() {
    meter.bill("cloudwatch", "GetMetricData", 1000, true);

    assertThat(meter.unplannedDollarsPerMonth()).isZero();
    assertThat(meter.dollars()).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void requestsAreCountedByHowTheyEnded() {
    meter.request("rds", "DescribeDBInstances", Outcome.THROTTLED);
    meter.request("rds", "DescribeDBInstances", Outcome.OK);
    meter.call("rds", "DescribeDBInstances", Duration.ofMillis(1500));

    Meter.Use use = meter.uses().get(0);
    assertThat(use.requests()).containsEntry(Outcome.THROTTLED, 1L).containsEntry(Outcome.OK, 1L);
    assertThat(use.calls()).isEqualTo(1);
    assertThat(use.seconds()).isEqualTo(1.5);
  }
}
