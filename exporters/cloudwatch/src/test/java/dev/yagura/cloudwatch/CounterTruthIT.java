package dev.yagura.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sum of CloudWatch is a true counter, whatever happens. */
class CounterTruthIT {
  private static final String NAMESPACE = "AWS/SQS";
  private static final String SENT = "NumberOfMessagesSent";
  private static final Map<String, String> SHOWN =
      Map.of(
          SENT,
          "aws_sqs_messages_sent_total",
          "NumberOfMessagesDeleted",
          "aws_sqs_messages_deleted_total");
  private static final int QUEUES = 20;

  @TempDir Path state;

  private static Map<String, String> queue(int number) {
    return Map.of("QueueName", "queue-" + number);
  }

  private static void probe(World world, Instant minute) {
    for (int i = 0; i < QUEUES; i++) {
      world.cloudWatch().publish(NAMESPACE, "ApproximateAgeOfOldestMessage", queue(i), minute, 1);
    }
  }

  @Test
  void afterADayOfCorrectionsRestartsAndThrottlingItEqualsTheTruth() throws Exception {
    var random = new Random(7);
    Map<String, Double> last = new HashMap<>();
    List<String> fell = new ArrayList<>();
    try (World world = World.of("sets: [sqs]", "state_dir: \"" + state + "\"")) {
      // What there was before does not count.
      for (int minute = 1; minute < 30; minute++) {
        Instant before = World.START.minus(Duration.ofMinutes(minute));
        probe(world, before);
        for (int i = 0; i < QUEUES; i++) {
          for (String metric : SHOWN.keySet()) {
            world.cloudWatch().publish(NAMESPACE, metric, queue(i), before, 1000);
          }
        }
      }
      world.start().poll();
      Instant origin = Instant.parse("2026-11-25T00:00:00Z");
      Instant calm = World.START.plus(Duration.ofHours(22));
      world.pass(
          Duration.ofHours(24),
          minute -> {
            probe(world, minute);
            for (int i = 0; i < QUEUES; i++) {
              for (String metric : SHOWN.keySet()) {
                publish(world, random, metric, i, minute, minute.isAfter(calm));
              }
            }
            trouble(world, random, minute, calm);
            remember(world.scrape(), last, fell);
          });
      world.aws.heal();
      world.pass(Duration.ofMinutes(15));

      Instant end = world.clock.instant().minus(Duration.ofMinutes(8));
      for (int i = 0; i < QUEUES; i++) {
        for (Map.Entry<String, String> metric : SHOWN.entrySet()) {
          double truth =
              world.cloudWatch().trueSum(NAMESPACE, metric.getKey(), queue(i), origin, end);
          assertThat(
                  world
                      .scrape()
                      .value(
                          metric.getValue(),
                          "account",
                          "prod",
                          "queue",
                          "queue-" + i,
                          "region",
                          World.REGION))
              .as("%s of queue-%d", metric.getValue(), i)
              .hasValue(truth);
          assertThat(truth).isGreaterThan(10_000);
        }
      }
      assertThat(fell).isEmpty();
    }
  }

  /** Most is there at once; some comes up to an hour and a half late. */
  private static void publish(
      World world, Random random, String metric, int queue, Instant minute, boolean calm) {
    world.cloudWatch().publish(NAMESPACE, metric, queue(queue), minute, random.nextInt(20));
    if (!calm && random.nextInt(5) == 0) {
      Instant late = minute.plus(Duration.ofMinutes(random.nextInt(90)));
      world
          .cloudWatch()
          .publishLate(NAMESPACE, metric, queue(queue), minute, random.nextInt(20), late);
    }
  }

  private static void trouble(World world, Random random, Instant minute, Instant calm) {
    if (minute.isAfter(calm)) {
      return;
    }
    int dice = random.nextInt(200);
    if (dice == 0) {
      try {
        world.start();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    } else if (dice == 1) {
      world.aws.fail(Fault.throttled());
    } else if (dice == 2) {
      world.aws.fail(Fault.internalError(), call -> call.operation().equals("GetMetricData"));
    } else if (dice == 3) {
      world.aws.fail(Fault.cutBody(), call -> call.operation().equals("GetMetricData"));
    } else if (dice < 60) {
      world.aws.heal();
    }
  }

  private static void remember(
      ParsedExposition scrape, Map<String, Double> last, List<String> fell) {
    for (String family : SHOWN.values()) {
      scrape
          .samples(family)
          .forEach(
              sample -> {
                String series = family + sample.labels();
                Double before = last.put(series, sample.value());
                if (before != null && before > sample.value()) {
                  fell.add(series + " from " + before + " to " + sample.value());
                }
              });
    }
  }
}
