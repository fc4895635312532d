package dev.yagura.aws.client;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers of AWS that come in pages. */
public final class Pages {
  /** Asks for the page behind a marker; without one, for the first. */
  @FunctionalInterface
  public interface Asking<P> {
    P page(@Nullable String marker);
  }

  /** The marker of the page behind this one; null or empty behind the last. */
  @FunctionalInterface
  public interface Marker<P> {
    @Nullable String of(P page);
  }

  private Pages() {}

  /**
   * All items of all pages.
   *
   * @param action as IAM names it
   * @param deadline after which no further page is asked for
   * @throws ScrapeException if any page is missing; a part is never returned
   * @throws InterruptedException if this thread is to end
   */
  public static <P, T> List<T> all(
      String action,
      Deadline deadline,
      Asking<P> asking,
      Function<P, List<T>> items,
      Marker<P> next)
      throws ScrapeException, InterruptedException {
    List<T> all = new ArrayList<>();
    String marker = null;
    do {
      if (deadline.hasPassed()) {
        throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to ask " + action);
      }
      String from = marker;
      P page = AwsPlace.call(action, () -> asking.page(from));
      all.addAll(items.apply(page));
      marker = next.of(page);
    } while (marker != null && !marker.isEmpty());
    return all;
  }
}
