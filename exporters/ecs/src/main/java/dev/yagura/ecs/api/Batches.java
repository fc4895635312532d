package dev.yagura.ecs.api;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.Failure;

/** Descriptions of many things, of so many at a time. */
public final class Batches {
  private static final String GONE = "MISSING";

  private Batches() {}

  /**
   * The descriptions of all of these.
   *
   * @param action as IAM names it
   * @param size how many one call may ask for
   * @param deadline after which no further call is made
   * @throws ScrapeException if any call failed; a part is never returned
   */
  public static <T> List<T> describe(
      String action,
      Collection<String> names,
      int size,
      Deadline deadline,
      Function<List<String>, List<T>> describe)
      throws ScrapeException, InterruptedException {
    List<String> all = List.copyOf(names);
    List<T> found = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      if (deadline.hasPassed()) {
        throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to ask " + action);
      }
      List<String> batch = all.subList(from, Math.min(from + size, all.size()));
      found.addAll(AwsPlace.call(action, () -> describe.apply(batch)));
    }
    return found;
  }

  /** What ECS left out of an answer. */
  public static final class LeftOut {
    private final String action;
    private final List<Failure> failures = new ArrayList<>();

    /** Nothing yet of the answers to this action. */
    public LeftOut(String action) {
      this.action = action;
    }

    /** Notes what an answer says of it. */
    public void note(List<Failure> more) {
      failures.addAll(more);
    }

    /**
     * What is gone was left out rightly.
     *
     * @throws ScrapeException if anything was left out for another reason
     */
    public void check() throws ScrapeException {
      for (Failure failure : failures) {
        if (!GONE.equals(failure.reason())) {
          throw new ScrapeException(
              FailureReason.INVALID, action + " leaves one out, as it says: " + failure.reason());
        }
      }
    }
  }
}
