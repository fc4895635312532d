package dev.yagura.core.scrape;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A scrape that failed, and why. The message is shown to people: it holds no secret. */
public final class ScrapeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public ScrapeException(FailureReason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public ScrapeException(FailureReason reason, String message) {
    this(reason, message, null);
  }

  public FailureReason reason() {
    return reason;
  }

  /** Sorts anything thrown into the closed set; what nobody foresaw is a fault of ours. */
  static ScrapeException of(Throwable e) {
    if (e instanceof ScrapeException known) {
      return known;
    }
    String message = e.getClass().getSimpleName() + ": " + e.getMessage();
    if (e instanceof TimeoutException
        || e instanceof InterruptedIOException
        || e instanceof HttpTimeoutException
        || e instanceof InterruptedException) {
      return new ScrapeException(FailureReason.TIMEOUT, message, e);
    }
    if (e instanceof IOException) {
      return new ScrapeException(FailureReason.UNREACHABLE, message, e);
    }
    return new ScrapeException(FailureReason.BUG, message, e);
  }
}
