package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.sqs.QueueUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Where logs are to be found, as the configuration says it. */
public sealed interface SourceConfig {
  /** How long a file must rest before it is taken for finished. */
  Duration SETTLE = Duration.ofSeconds(10);

  /** From one look at a folder to the next. */
  Duration FILE_PAUSE = Duration.ofSeconds(10);

  /** From one look at a bucket to the next. */
  Duration S3_PAUSE = Duration.ofMinutes(1);

  /** How far before the last look a bucket is listed: CloudFront is up to a day late. */
  Duration LOOK_BACK = Duration.ofHours(24);

  /**
   * Makes the source, which owns what it needs; nothing is asked of anybody before it is polled.
   *
   * @param use where calls of AWS are counted
   * @param nanoClock as {@link System#nanoTime}
   */
  LogSource open(AwsUse use, Clock clock, LongSupplier nanoClock);

  /**
   * What files do not say themselves.
   *
   * @param resource what the logs are of, where neither name nor pattern says it
   */
  record Logs(LogShape shape, Optional<String> resource) {
    /** Files say all. */
    public static final Logs OF_FILES = new Logs(LogShape.OF_FILE, Optional.empty());
  }

  /** Files whose path matches. */
  record File(Glob path, Duration settle, Duration pause, Logs logs) implements SourceConfig {
    @Override
    public LogSource open(AwsUse use, Clock clock, LongSupplier nanoClock) {
      return new FileSource(path, logs.shape(), logs.resource(), settle, pause, clock);
    }
  }

  /**
   * Objects in a bucket below a prefix.
   *
   * @param keys a pattern of whole keys; empty for all
   * @param region empty for the default chain
   * @param endpoint another server than AWS
   */
  record S3(
      String bucket,
      String prefix,
      Optional<Glob> keys,
      Optional<String> region,
      Optional<URI> endpoint,
      Duration lookBack,
      Duration pause,
      Logs logs)
      implements SourceConfig {
    @Override
    public LogSource open(AwsUse use, Clock clock, LongSupplier nanoClock) {
      AwsClients clients = new AwsClients(region, endpoint, use);
      LogSource source =
          new S3Source(
              clients::s3,
              bucket,
              prefix,
              keys,
              logs.shape(),
              logs.resource(),
              lookBack,
              pause,
              clock);
      return new Owner(source, clients);
    }
  }

  /**
   * Objects that notifications in a queue name.
   *
   * @param keys a pattern of whole keys; empty for all
   * @param region of the queue; empty for the one in its address, else the default chain
   * @param endpoint another server than AWS, for the queue
   * @param s3Endpoint another server than AWS, for the buckets
   */
  record Sqs(
      String queueUrl,
      Optional<Glob> keys,
      Optional<String> region,
      Optional<URI> endpoint,
      Optional<URI> s3Endpoint,
      Logs logs)
      implements SourceConfig {
    @Override
    public LogSource open(AwsUse use, Clock clock, LongSupplier nanoClock) {
      QueueUrl address = QueueUrl.of(queueUrl);
      Optional<String> where = region.or(address::region);
      AwsClients queues = new AwsClients(where, endpoint.or(address::endpoint), use);
      AwsClients buckets = new AwsClients(where, s3Endpoint, use);
      LogSource source =
          SqsSource.of(
              queues, buckets, queueUrl, keys, logs.shape(), logs.resource(), clock, nanoClock);
      return new Owner(source, queues, buckets);
    }
  }
}
