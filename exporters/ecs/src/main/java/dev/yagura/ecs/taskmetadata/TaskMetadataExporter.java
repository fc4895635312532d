package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.TargetStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The task that this process runs in, as its metadata endpoint shows it at each scrape; no AWS API
 * is called, and no credentials are used. A drop-in for prometheus-community/ecs_exporter.
 */
public final class TaskMetadataExporter implements Exporter {
  /** Its name in paths and labels. */
  public static final String NAME = "ecs";

  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final TargetGroup targets;

  private TaskMetadataExporter(TargetGroup targets) {
    this.targets = targets;
  }

  /**
   * Reads this endpoint; nothing is asked before the first scrape.
   *
   * @param endpoint see {@link TaskMetadataConfig}
   * @param clock tells when a scrape ended, for people
   * @param nanoClock counts nanoseconds
   */
  public static TaskMetadataExporter of(URI endpoint, Clock clock, LongSupplier nanoClock) {
    return new TaskMetadataExporter(
        new TargetGroup(NAME, List.of(new TaskTarget(endpoint)), nanoClock, clock));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return targets.families();
  }

  @Override
  public List<String> scrapers() {
    return targets.scrapers();
  }

  @Override
  public Duration budget() {
    return BUDGET;
  }

  @Override
  public boolean hasTarget(String target) {
    return targets.has(target);
  }

  @Override
  public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
    return targets.start(target, selection, deadline);
  }

  @Override
  public List<TargetStatus> status() {
    return targets.status();
  }

  @Override
  public void close() {
    targets.close();
  }
}
