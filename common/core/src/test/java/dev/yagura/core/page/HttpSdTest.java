package dev.yagura.core.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSdTest {
  private static Answer list(HttpSd.Target... targets) {
    return HttpSd.list(List.of(targets), Duration.ofSeconds(90));
  }

  @Test
  void targetsStandInTheirOrderAndLabelsInThatOfTheirNames() {
    Answer answer =
        list(
            new HttpSd.Target("b:2", Map.of("z", "1", "a", "2")),
            new HttpSd.Target("a:1", Map.of()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "[{\"targets\":[\"b:2\"],\"labels\":{\"a\":\"2\",\"z\":\"1\"}},"
                + "{\"targets\":[\"a:1\"],\"labels\":{}}]\n");
  }

  @Test
  void noTargetIsAnEmptyList() {
    assertThat(list().body()).isEqualTo("[]\n");
  }

  @Test
  void prometheusIsToldWhenToAskAgain() {
    assertThat(list().headers()).containsEntry("X-Prometheus-Refresh-Interval-Seconds", "90");
  }

  @Test
  void whatJsonReservesIsEscapedAndTheRestIsAsItWas() {
    assertThat(list(new HttpSd.Target("h:1", Map.of("a", "\"\\\n\t\0\u001f/ü€😀</script>"))).body())
        .contains("\"a\":\"\\\"\\\\\\u000a\\u0009\\u0000\\u001f/ü€😀</script>\"");
  }

  @Test
  void withoutAListPrometheusKeepsItsOwn() {
    Answer answer = HttpSd.none("no answer for prod/eu-central-1");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("no list yet: no answer for prod/eu-central-1; see /\n");
    assertThat(answer.headers()).containsEntry("Retry-After", "10");
  }

  @Test
  void whatCannotBeInTheNameOfALabelIsAnUnderscore() {
    assertThat(HttpSd.labelName("aws:cost-center.ü")).isEqualTo("aws_cost_center__");
  }
}
