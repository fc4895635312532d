package dev.yagura.core.suite;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An exporter that says nothing and tells how often it was closed. */
final class Trace implements Exporter {
  private final String name;
  private final List<Family<?>> families;
  final AtomicInteger closed = new AtomicInteger();

  Trace(String name, Family<?>... families) {
    this.name = name;
    this.families = List.of(families);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Family<?>> families() {
    return families;
  }

  @Override
  public List<String> scrapers() {
    return List.of();
  }

  @Override
  public Duration budget() {
    return Duration.ofSeconds(10);
  }

  @Override
  public boolean hasTarget(String target) {
    return false;
  }

  @Override
  public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
    return List::of;
  }

  @Override
  public List<TargetStatus> status() {
    return List.of();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    if (name.equals("unclosable")) {
      throw new IllegalStateException("cannot be closed");
    }
  }
}
