package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.FakeClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsDoubleSpeedTest {
  private static final int QUERIES = 500;
  private static final int MINUTES = 60;
  private static final int ROUNDS = 20;

  private static Request request() {
    StringBuilder form = new StringBuilder("Action=GetMetricData");
    form.append("&StartTime=").append(Bed.NOON.minus(Duration.ofMinutes(MINUTES)));
    form.append("&EndTime=").append(Bed.NOON);
    for (int i = 0; i < QUERIES; i++) {
      String query = "&MetricDataQueries.member." + (i + 1) + ".";
      form.append(query).append("Id=q").append(i);
      form.append(query).append("MetricStat.Period=60");
      form.append(query).append("MetricStat.Stat=Average");
      form.append(query).append("MetricStat.Metric.Namespace=AWS/X");
      form.append(query).append("MetricStat.Metric.MetricName=m").append(i);
    }
    String scope = "20261125/eu-central-1/monitoring/aws4_request";
    String signed =
        "AWS4-HMAC-SHA256 Credential=AKIATEST/" + scope + ", SignedHeaders=host, Signature=0";
    return new Request("POST", "/", form.toString(), signed, null, null, null);
  }

  /** Of this thread's own time, so that a busy machine changes nothing. */
  @Test
  void fiveHundredQueriesOverAnHourTakeLessThanATenthOfASecond() {
    Realm realm = new Realm(FakeClock.at(Bed.NOON));
    AccountDouble account = realm.account(AwsDouble.DEFAULT_ACCOUNT);
    Front front = new Front(realm, account);
    for (int i = 0; i < QUERIES; i++) {
      for (int minute = 1; minute <= MINUTES; minute++) {
        account
            .cloudWatch(Bed.REGION)
            .publish(
                "AWS/X", "m" + i, Map.of(), Bed.NOON.minus(Duration.ofMinutes(minute)), i / 7.0);
      }
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      Answer answer = front.answer(request());
      least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      assertThat(body.split("</member>", -1)).hasSize(QUERIES * (2 * MINUTES + 1) + 1);
    }
    assertThat(Duration.ofNanos(least)).isLessThan(Duration.ofMillis(100));
  }
}
