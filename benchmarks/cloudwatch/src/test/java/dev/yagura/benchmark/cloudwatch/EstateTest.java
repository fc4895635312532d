package dev.yagura.benchmark.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstateTest {
  /** All metrics, each of so many queues, counters being so many minutes. */
  private static String text(int queues, int minutes) {
    var text = new StringBuilder("aws_sqs_billed 1\nup 1\n");
    for (int metric = 1; metric <= Estate.METRICS.size(); metric++) {
      boolean counter = Estate.METRICS.get(metric - 1).statistic().equals("Sum");
      for (int queue = 0; queue < queues; queue++) {
        text.append(
            "aws_sqs_m%d%s{queue_name=\"orders-%03d\"} %d%n"
                .formatted(
                    metric,
                    counter ? "_total" : "_maximum",
                    queue,
                    (counter ? minutes : 1) * (1000 * metric + queue)));
      }
    }
    return text.toString();
  }

  private static boolean isWhole(String text) {
    return Estate.fault(ExpositionText.parse(text)).isEmpty();
  }

  @Test
  void everyMetricOfEveryQueueIsWhole() {
    assertThat(isWhole(text(Estate.QUEUES, 1))).isTrue();
    assertThat(isWhole(text(Estate.QUEUES, 135))).isTrue();
  }

  @Test
  void nothingLessAndNothingElseIs() {
    assertThat(isWhole("")).isFalse();
    assertThat(isWhole(text(Estate.QUEUES - 1, 1))).isFalse();
    assertThat(isWhole(text(Estate.QUEUES + 1, 1))).isFalse();
    assertThat(isWhole(text(Estate.QUEUES, 0))).isFalse();
    String right = text(Estate.QUEUES, 7);
    assertThat(isWhole(right.replace("} 6042", "} 6043"))).isFalse();
    assertThat(isWhole(right.replace("} 7042", "} NaN"))).isFalse();
    assertThat(isWhole(right.replace("_m10_", "_m9_"))).isFalse();
    assertThat(isWhole(right.replaceAll("(?m)^aws_sqs_m10_.*\n", ""))).isFalse();
  }

  @Test
  void halfOfTheMetricsComeFromTheCuratedSetIfThatIsAsked() {
    assertThat(Estate.METRICS.stream().filter(Estate.Metric::curated)).hasSize(5);
  }
}
