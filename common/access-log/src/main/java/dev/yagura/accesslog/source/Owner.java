package dev.yagura.accesslog.source;

import dev.yagura.core.scrape.ScrapeException;
import java.time.Duration;
import java.util.List;

/** A source that closes the clients it was made with. */
final class Owner implements LogSource {
  private final LogSource source;
  private final List<AwsClients> clients;

  Owner(LogSource source, AwsClients... clients) {
    this.source = source;
    this.clients = List.of(clients);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public void poll(Inbox inbox) throws ScrapeException, InterruptedException {
    source.poll(inbox);
  }

  @Override
  public Duration pause() {
    return source.pause();
  }

  @Override
  public void close() {
    source.close();
    clients.forEach(AwsClients::close);
  }
}
