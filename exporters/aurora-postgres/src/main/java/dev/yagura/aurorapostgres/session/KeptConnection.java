package dev.yagura.aurorapostgres.session;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * At most one connection to a server, kept from scrape to scrape. Used by one run at a time; {@link
 * #close()} may come from another thread, and does not wait for that run.
 */
public final class KeptConnection implements AutoCloseable {
  /**
   * A backend's caches grow, and a name may lead elsewhere by now: begin anew from time to time.
   */
  private static final Duration MAX_AGE = Duration.ofMinutes(30);

  private final Connector connector;
  private final boolean keep;
  private final LongSupplier nanoClock;

  private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
  private @Nullable ServerInfo server;
  private long connectedAt;
  private volatile boolean closed;

  /**
   * Nothing is dialled before the first {@link #open}.
   *
   * @param keep false to close after each use, so that a serverless database can pause
   */
  public KeptConnection(Connector connector, boolean keep, LongSupplier nanoClock) {
    this.connector = connector;
    this.keep = keep;
    this.nanoClock = nanoClock;
  }

  /**
   * A session on the kept connection if that still answers, else on a new one.
   *
   * @throws ScrapeException if there is none before the deadline
   */
  public synchronized PgSession open(Deadline deadline) throws ScrapeException {
    checkOpen();
    Connection kept = connection.get();
    ServerInfo known = server;
    if (kept != null && known != null && nanoClock.getAsLong() - connectedAt < MAX_AGE.toNanos()) {
      try {
        ServerInfo now = connector.look(kept, known, deadline);
        if (now.replica() == known.replica()) {
          server = now;
          return new PgSession(kept, now);
        }
      } catch (ScrapeException e) {
        // It broke since the last scrape; that is worth one dial, if there is time for it.
        if (deadline.hasPassed()) {
          drop();
          throw e;
        }
      }
    }
    drop();
    return connect(deadline);
  }

  private void checkOpen() throws ScrapeException {
    if (closed) {
      throw new ScrapeException(FailureReason.UNREACHABLE, "the exporter is shutting down");
    }
  }

  private PgSession connect(Deadline deadline) throws ScrapeException {
    Connection fresh = connector.dial(deadline);
    try {
      ServerInfo found = connector.look(fresh, connector.identify(fresh, deadline), deadline);
      connection.set(fresh);
      server = found;
      connectedAt = nanoClock.getAsLong();
      checkOpen(); // It may have been closed since, before there was anything to close.
      return new PgSession(fresh, found);
    } catch (ScrapeException | RuntimeException e) {
      connection.set(null);
      Connector.closeQuietly(fresh);
      throw e;
    }
  }

  /** Ends a use: closes what is not to be kept, or what broke. */
  public synchronized void release() {
    if (!keep || closed || isBroken()) {
      drop();
    }
  }

  private boolean isBroken() {
    try {
      Connection kept = connection.get();
      return kept == null || kept.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private void drop() {
    Connector.closeQuietly(connection.getAndSet(null));
    server = null;
  }

  /** Closes the connection now; one that is dialled meanwhile, as soon as it is there. */
  @Override
  public void close() {
    closed = true;
    Connector.closeQuietly(connection.getAndSet(null));
  }
}
