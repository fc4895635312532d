package dev.yagura.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Distribution;
import dev.yagura.core.metrics.Family;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "things_total",
        "things_count",
        "things_sum",
        "thing_age",
        "thing_lag",
        "wait_time",
        "wal_diff",
        "thing_summary_size",
        "thing_histogram_size"
      })
  void aGaugeOfThisNameBreaksARule(String name) {
    assertThat(NameRules.broken(List.of(Family.<Object>gauge(name, "Help.", row -> 1))))
        .containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"things", "waited_time_total", "stats_reset_total"})
  void aCounterOfThisNameBreaksARule(String name) {
    assertThat(NameRules.broken(List.of(Family.<Object>counter(name, "Help.", row -> 1))))
        .containsExactly(name);
  }

  @Test
  void namesThatKeepTheRulesAreNotTold() {
    List<Family<Object>> families =
        List.of(
            Family.gauge("thing_age_seconds", "Help.", row -> 1),
            Family.gauge("wal_diff_bytes", "Help.", row -> 1),
            Family.counter("waited_time_seconds_total", "Help.", row -> 1),
            Family.histogram(
                "time_taken_seconds",
                "Help.",
                row -> Distribution.histogram(new double[0], new long[0], 0, 0)));
    assertThat(NameRules.broken(families)).isEmpty();
  }
}
