package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.Inbox;
import dev.yagura.accesslog.source.LogSource;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A source that does what a test tells it, one look at a time, in the source's own thread. */
final class HandSource implements LogSource {
  /** What is done in one look. */
  interface Look {
    void at(Inbox inbox) throws ScrapeException, InterruptedException;
  }

  private record Asked(Look look, CompletableFuture<Boolean> done) {}

  private final String name;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  HandSource(String name) {
    this.name = name;
  }

  /** Looks, and waits until that is over. */
  void look(Look look) {
    start(look).join();
  }

  /** Looks; completes when that is over, however it ended. */
  CompletableFuture<Boolean> start(Look look) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    asked.add(new Asked(look, done));
    return done;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void poll(Inbox inbox) throws ScrapeException, InterruptedException {
    Asked next = asked.take();
    try {
      next.look.at(inbox);
    } finally {
      next.done.complete(true);
    }
  }

  @Override
  public Duration pause() {
    return Duration.ZERO;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
