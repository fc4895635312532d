package dev.yagura.ecs.discovery;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Reads the task definitions that are needed, for half of the time that a pass has: what is left is
 * for the next one. Those that failed come last, so that they keep no others away. Used by one
 * thread.
 */
final class DefinitionReader {
  /** In one pass: what is denied is not asked for a thousand times. */
  private static final int MAX_FAILURES = 5;

  private final TaskDefinitions definitions;
  private final LongSupplier nanoClock;
  private final Set<String> read = new HashSet<>();
  private final Set<String> failed = new HashSet<>();

  DefinitionReader(TaskDefinitions definitions, LongSupplier nanoClock) {
    this.definitions = definitions;
    this.nanoClock = nanoClock;
  }

  /**
   * What is known after a pass.
   *
   * @param byArn empty for what ECS does not know; what was not read is not there
   * @param unread how many are left for the next pass
   * @param failure the first one
   */
  record Read(
      Map<String, Optional<TaskDefinition>> byArn, int unread, Optional<ScrapeException> failure) {

    /** Whether the next pass has more to read, and nothing is wrong. */
    boolean goesOn() {
      return unread > 0 && failure.isEmpty();
    }

    Map<String, TaskDefinition> present() {
      Map<String, TaskDefinition> present = new HashMap<>();
      byArn.forEach((arn, found) -> found.ifPresent(each -> present.put(arn, each)));
      return present;
    }
  }

  Read read(Collection<String> arns, Deadline deadline) throws InterruptedException {
    read.retainAll(arns);
    failed.retainAll(arns);
    Deadline half = deadline.earlierBy(deadline.remaining().dividedBy(2));
    Deadline over = Deadline.after(Duration.ZERO, nanoClock);
    Map<String, Optional<TaskDefinition>> byArn = new HashMap<>();
    List<ScrapeException> failures = new ArrayList<>();
    int unread = 0;
    boolean progress = false;
    for (String arn : inOrder(arns)) {
      boolean isAsked = failures.size() < MAX_FAILURES && !half.hasPassed();
      try {
        byArn.put(arn, definitions.of(arn, isAsked ? half : over));
        progress |= read.add(arn);
        failed.remove(arn);
      } catch (ScrapeException e) {
        if (!isAsked || half.hasPassed()) {
          unread++;
        } else {
          failures.add(e);
          failed.add(arn);
        }
      }
    }
    if (unread > 0 && !progress && failures.isEmpty()) {
      failures.add(
          new ScrapeException(
              FailureReason.TIMEOUT, "no time was left to read any task definition"));
    }
    return new Read(byArn, unread, failures.stream().findFirst());
  }

  private List<String> inOrder(Collection<String> arns) {
    List<String> order = new ArrayList<>(new TreeSet<>(arns));
    order.sort(Comparator.comparing(failed::contains));
    return order;
  }
}
