package dev.yagura.benchmark.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final Calls CALLS = Calls.parse("billed=1000 GetMetricData=10 ListMetrics=20");

  @Test
  void whatIsWrittenIsRead() {
    assertThat(CALLS.all()).isEqualTo(30);
    assertThat(CALLS.billedMetrics()).isEqualTo(1000);
    assertThat(CALLS.show()).isEqualTo("10 GetMetricData, 20 ListMetrics");
    assertThat(Calls.parse(CALLS.write())).isEqualTo(CALLS);
    assertThat(Calls.parse("billed=0").all()).isZero();
  }

  @Test
  void whatWasThereBeforeDoesNotCount() {
    assertThat(CALLS.since(Calls.parse("billed=400 GetMetricData=4 ListMetrics=20")))
        .isEqualTo(Calls.parse("billed=600 GetMetricData=6"));
  }

  @Test
  void getMetricDataIsBilledByMetricAndAllElseByRequest() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(CALLS.dollarsPerMonth(minute)).isCloseTo(1020 * 0.4383, within(0.001));
    assertThat(CALLS.only("ListMetrics").dollarsPerMonth(minute))
        .isCloseTo(20 * 0.4383, within(0.001));
    assertThat(CALLS.only("GetMetricData").dollarsPerMonth(Duration.ofMinutes(5)))
        .isCloseTo(200 * 0.4383, within(0.001));
    assertThat(Calls.parse("billed=0 GetMetricStatistics=1000").dollarsPerMonth(minute))
        .isCloseTo(438.3, within(0.001));
  }

  @Test
  void aLineOfSomethingElseIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Calls.parse("thawed"));
    assertThatIllegalArgumentException().isThrownBy(() -> Calls.parse(""));
  }
}
