package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.LogSource;
import dev.yagura.accesslog.source.SourceConfig;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.state.StateDatabase;
import dev.yagura.testing.Await;
import dev.yagura.testing.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own that counts what a bucket has and a queue tells, by the sources that
 * operators configure, until its input ends or it halts at a step.
 */
final class BucketChild {
  static final String BUCKET = "logs";
  static final String LISTED = "cf/";
  private static final int SILENT_LOOKS = 20;
  private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(20);

  private BucketChild() {}

  /** Halts when it takes the step for the nth time; never if that is 0. */
  static Process start(Path folder, String queueUrl, URI s3, Step step, int nth)
      throws IOException {
    return JavaProcess.of(
            BucketChild.class,
            folder.toString(),
            queueUrl,
            s3.toString(),
            step.name(),
            Integer.toString(nth))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Clock clock = Clock.systemUTC();
    AwsUse use = AwsUse.fresh(clock, System::nanoTime);
    Step last = Step.valueOf(arguments[3]);
    Halting halting =
        new Halting(
            step -> step == last, Integer.parseInt(arguments[4]), BucketChild::awaitTelling);
    List<LogSource> sources =
        sources(arguments[1], URI.create(arguments[2])).stream()
            .map(source -> source.open(use, clock, System::nanoTime))
            .toList();
    StateDatabase state = StateDatabase.open(folder, "words", clock);
    Ingest.start(
        state, new LogTally(folder), sources, IngestSettings.withReaders(2), clock, halting);
    System.in.read();
    Runtime.getRuntime().halt(0);
  }

  /** A kill is hardest on who told the queue too early if the queue has heard it. */
  private static void awaitTelling() {
    AtomicInteger silent = new AtomicInteger();
    Await.until(
        "the queue is told",
        () -> {
          silent.set(isTelling() ? 0 : silent.get() + 1);
          return silent.get() == SILENT_LOOKS;
        });
  }

  private static boolean isTelling() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("sqs-"))
        .anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE);
  }

  private static List<SourceConfig> sources(String queueUrl, URI s3) {
    Optional<String> region = Optional.of("ap-northeast-1");
    return List.of(
        new SourceConfig.S3(
            BUCKET,
            LISTED,
            Optional.empty(),
            region,
            Optional.of(s3),
            SourceConfig.LOOK_BACK,
            BETWEEN_LISTINGS,
            SourceConfig.Logs.OF_FILES),
        new SourceConfig.Sqs(
            queueUrl,
            Optional.empty(),
            region,
            Optional.empty(),
            Optional.of(s3),
            SourceConfig.Logs.OF_FILES));
  }
}
