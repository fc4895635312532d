package dev.yagura.benchmark.cloudwatch;

import dev.yagura.testing.aws.AwsCall;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.CloudWatchDouble;
import dev.yagura.testing.aws.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The double of AWS as a process of its own, in which queues publish all the time. It does what its
 * standard input says, a word or two a line, and answers each with a line; it ends with its input.
 */
final class AwsServer {
  /** How much is there at the start. */
  static final Duration PAST = Duration.ofMinutes(150);

  private static final Duration PUBLICATION_DELAY = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final AwsDouble aws = AwsDouble.start(Clock.systemUTC());
  private final Duration latency;
  private final List<CloudWatchDouble> regions;
  private Instant published = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(PAST);

  private AwsServer(Duration latency, List<String> regions) {
    this.latency = latency;
    this.regions = regions.stream().map(region -> aws.account().cloudWatch(region)).toList();
    this.regions.forEach(model -> model.publicationDelay(Estate.NAMESPACE, PUBLICATION_DELAY));
    thaw();
  }

  /** Runs it with a latency in milliseconds and the regions that have queues. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // Nobody else answers.
    var server =
        new AwsServer(
            Duration.ofMillis(Long.parseLong(arguments[0])),
            List.of(arguments).subList(1, arguments.length));
    server.publish();
    Thread publisher = new Thread(server::publishOn, "publisher");
    publisher.setDaemon(true);
    publisher.start();
    answers.println(server.aws.endpoint());
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      answers.println(server.answer(line));
    }
    System.exit(0);
  }

  /** What is published ahead is not seen before its time. */
  private void publish() {
    Instant until = Instant.now().plus(2, ChronoUnit.MINUTES);
    while (published.isBefore(until)) {
      for (CloudWatchDouble model : regions) {
        Estate.publish(model, published);
      }
      published = published.plus(1, ChronoUnit.MINUTES);
    }
  }

  private void publishOn() {
    try {
      while (true) {
        Thread.sleep(EVERY.toMillis());
        publish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(String line) {
    String[] words = line.split(" ", 2);
    return switch (words[0]) {
      case "calls" -> calls(words[1]).write();
      case "freeze" -> {
        aws.fail(Fault.frozen());
        yield "frozen";
      }
      case "thaw" -> {
        thaw();
        yield "thawed";
      }
      default -> throw new IllegalArgumentException(line);
    };
  }

  private void thaw() {
    aws.heal();
    aws.fail(Fault.slow(latency));
  }

  private Calls calls(String region) {
    SortedMap<String, Integer> byOperation = new TreeMap<>();
    int billed = 0;
    for (AwsCall call : aws.calls()) {
      if (call.region().equals(region)) {
        byOperation.merge(call.operation(), 1, Integer::sum);
        billed += call.billedMetrics();
      }
    }
    return new Calls(byOperation, billed);
  }
}
