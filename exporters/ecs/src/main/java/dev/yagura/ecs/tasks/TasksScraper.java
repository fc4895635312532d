package dev.yagura.ecs.tasks;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Task;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tasks of a cluster: those that live, and those that stopped within the last hour. */
public final class TasksScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "tasks";

  private final String cluster;
  private final EcsApi api;
  private final Inventory inventory;
  private final TaskTracker tracker;
  private final Clock serverTime;

  /**
   * Asks about one cluster.
   *
   * @param inventory is told the tasks that live
   * @param tracker is told all of them
   * @param serverTime AWS' clock
   */
  public TasksScraper(
      String cluster, EcsApi api, Inventory inventory, TaskTracker tracker, Clock serverTime) {
    this.cluster = cluster;
    this.api = api;
    this.inventory = inventory;
    this.tracker = tracker;
    this.serverTime = serverTime;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return TaskFamilies.families();
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    tracker.begin();
    List<String> wanted = api.wantedTaskArns(cluster, deadline);
    List<String> unwanted = api.unwantedTaskArns(cluster, deadline);
    Set<String> listed = new HashSet<>(wanted);
    listed.addAll(unwanted);

    Set<String> toDescribe = new HashSet<>(listed);
    toDescribe.removeAll(tracker.settled(unwanted));
    List<Task> tasks = api.tasks(cluster, toDescribe, deadline);

    Instant now = serverTime.instant();
    tracker.saw(
        tasks.stream().map(task -> new TaskTracker.Told(task, now)).toList(),
        TaskTracker.Teller.POLL);
    tracker.listed(listed);
    List<Task> alive = new ArrayList<>(tasks);
    alive.removeIf(Task::hasStopped);
    inventory.tasks(cluster, alive);
    return TaskFamilies.of(alive);
  }
}
