package dev.yagura.accesslog.source;

import dev.yagura.core.scrape.ScrapeException;
import java.time.Duration;

/** Where log files are found. Used by one thread. */
public interface LogSource extends AutoCloseable {
  /**
   * Its name in labels and logs: {@code file:/var/log/cf/*.gz}, {@code s3://bucket/prefix} and
   * behind a space the keys it wants, {@code sqs:queue-name}. It holds no secret.
   */
  String name();

  /**
   * Looks once and offers all that is finished and not older than it looks back. May offer again
   * what was counted long ago; the ledger sorts that out.
   *
   * @throws ScrapeException why it could not look; it is asked again after {@link #pause}
   */
  void poll(Inbox inbox) throws ScrapeException, InterruptedException;

  /** How long to wait between two looks; zero where looking waits by itself. */
  Duration pause();

  @Override
  void close();
}
