package dev.yagura.core.scrape;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fake targets in a real group, on the real clock. */
final class Group implements AutoCloseable {
  /** Longer than any test that is to see an answer, and never waited for in full. */
  static final Duration AMPLE = Duration.ofMinutes(1);

  final TargetGroup targets;
  private final ExecutorService callers = Executors.newCachedThreadPool();

  Group(Target... targets) {
    this(List.of(targets));
  }

  Group(List<? extends Target> targets) {
    this.targets = new TargetGroup("fake", targets, System::nanoTime, Clock.systemUTC());
  }

  static Selection only(String... scrapers) {
    return new Selection(Set.of(scrapers));
  }

  Answer scrape() {
    return scrape(AMPLE);
  }

  Answer scrape(Duration budget) {
    return scrape(Selection.all(), budget);
  }

  Answer scrape(Selection selection, Duration budget) {
    return Answer.of(
        targets.scrape(Optional.empty(), selection, Deadline.after(budget, System::nanoTime)));
  }

  CompletableFuture<Answer> scrapeAside(Selection selection, Duration budget) {
    return CompletableFuture.supplyAsync(() -> scrape(selection, budget), callers);
  }

  @Override
  public void close() {
    targets.close();
    callers.shutdownNow();
  }
}
