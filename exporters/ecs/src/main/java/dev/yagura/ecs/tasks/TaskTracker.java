package dev.yagura.ecs.tasks;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.Deployment;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.tally.ClusterTally;
import dev.yagura.ecs.tally.Occurrence;
import dev.yagura.ecs.tally.Series;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one cluster did, told by polls and by events in any order: each stop is counted
 * once, each phase of a start is measured once. For any thread.
 */
public final class TaskTracker {
  /** Who told something. */
  public enum Teller {
    POLL,
    EVENT
  }

  /**
   * A task as it was told.
   *
   * @param at when that was, by AWS' clock
   */
  public record Told(Task task, Instant at) {}

  /** What is known of a task. */
  private static final class Known {
    private long version = Long.MIN_VALUE;
    private final Set<StartPhase> measured = EnumSet.noneOf(StartPhase.class);
    private boolean stopSettled;
    private boolean wasListed;
    private final Instant firstTold;

    Known(Instant firstTold) {
      this.firstTold = firstTold;
    }
  }

  /** ECS itself forgets a task an hour after it stopped. */
  private static final Duration REMEMBERED = Duration.ofMinutes(90);

  private static final int MOST = 50_000;

  private final String cluster;
  private final ClusterTally tally;
  private final Inventory inventory;
  private final UnknownTexts unknownTexts;
  private final Clock serverTime;

  private final StartDurations durations = new StartDurations();
  private final AtomicLong foundByPolls = new AtomicLong();
  private final AtomicLong foundByEvents = new AtomicLong();
  private final Object telling = new Object();
  // Guarded by telling, which is held while something is saved: no scrape waits for it.
  private @Nullable Instant since;
  private final Map<String, Known> tasks = new HashMap<>();

  /**
   * Knows of no task.
   *
   * @param inventory tells which deployment of a service is primary
   * @param serverTime AWS' clock
   */
  public TaskTracker(
      String cluster,
      ClusterTally tally,
      Inventory inventory,
      UnknownTexts unknownTexts,
      Clock serverTime) {
    this.cluster = cluster;
    this.tally = tally;
    this.inventory = inventory;
    this.unknownTexts = unknownTexts;
    this.serverTime = serverTime;
  }

  /** Begins, unless it has before: how older tasks started is not measured. */
  void begin() throws ScrapeException {
    synchronized (telling) {
      if (since == null) {
        tally.begin();
        since = serverTime.instant();
      }
    }
  }

  /** Those of these whose stop needs no telling any more. */
  Set<String> settled(Collection<String> arns) throws ScrapeException {
    synchronized (telling) {
      Set<String> settled = new HashSet<>();
      for (String arn : arns) {
        Known known = tasks.get(arn);
        if ((known != null && known.stopSettled) || tally.isCounted(arn)) {
          settled.add(arn);
        }
      }
      return settled;
    }
  }

  /**
   * Takes tasks as they were at some version.
   *
   * @return how many of them were new
   * @throws ScrapeException if their stops cannot be saved; tell them all again then
   */
  public int saw(List<Told> all, Teller teller) throws ScrapeException {
    synchronized (telling) {
      begin();
      Set<String> counted = countStops(all, teller);
      int fresh = 0;
      for (Told told : all) {
        Task task = told.task();
        Known known = tasks.computeIfAbsent(task.arn(), made -> new Known(told.at()));
        known.stopSettled |= task.hasStopped();
        boolean isNew = counted.remove(task.arn());
        if (task.version() > known.version) {
          measure(told, known);
          known.version = task.version();
          isNew = true;
        }
        fresh += isNew ? 1 : 0;
      }
      if (tasks.size() > MOST) {
        forgetOld();
      }
      return fresh;
    }
  }

  private Set<String> countStops(List<Told> all, Teller teller) throws ScrapeException {
    List<Occurrence> stops = new ArrayList<>();
    Map<String, Task> stopped = new HashMap<>();
    for (Told told : all) {
      Task task = told.task();
      if (task.hasStopped()) {
        Instant at = task.stoppedAt() == null ? told.at() : task.stoppedAt();
        stops.add(new Occurrence(task.arn(), at, List.of(series(task))));
        stopped.put(task.arn(), task);
      }
    }
    if (stops.isEmpty()) {
      return new HashSet<>();
    }
    Set<String> counted = new HashSet<>(tally.add(stops));
    (teller == Teller.POLL ? foundByPolls : foundByEvents).addAndGet(counted.size());
    for (String arn : counted) {
      Task task = stopped.get(arn);
      if (task != null) {
        unknownTexts.note(task, primaryDeployment(task));
      }
    }
    return counted;
  }

  private Series series(Task task) {
    return StopFamilies.series(task, primaryDeployment(task));
  }

  private Optional<String> primaryDeployment(Task task) {
    return inventory.service(cluster, task.service()).flatMap(Service::primary).map(Deployment::id);
  }

  private void measure(Told told, Known known) {
    Task task = told.task();
    Instant created = task.createdAt();
    boolean late = known.firstTold.isBefore(serverTime.instant().minus(REMEMBERED));
    if (since == null || created == null || created.isBefore(since) || late) {
      return; // One that is told of so late may have been known, measured and forgotten.
    }
    for (StartPhase phase : StartPhase.values()) {
      if (!known.measured.contains(phase)) {
        phase
            .of(task, told.at())
            .ifPresent(
                took -> {
                  durations.add(task.service(), phase, took);
                  known.measured.add(phase);
                });
      }
    }
  }

  /** Forgets tasks that are listed no more, or were never listed for as long as ECS lists them. */
  void listed(Set<String> arns) {
    synchronized (telling) {
      for (String arn : arns) {
        Known known = tasks.get(arn);
        if (known != null) {
          known.wasListed = true;
        }
      }
      Instant old = serverTime.instant().minus(REMEMBERED);
      tasks
          .entrySet()
          .removeIf(
              entry ->
                  !arns.contains(entry.getKey())
                      && (entry.getValue().wasListed || entry.getValue().firstTold.isBefore(old)));
    }
  }

  /** Where no poll lists what there is: those that were told first, down to half of the room. */
  private void forgetOld() {
    List<Map.Entry<String, Known>> byAge = new ArrayList<>(tasks.entrySet());
    byAge.sort(Comparator.comparing(entry -> entry.getValue().firstTold));
    byAge.subList(0, byAge.size() - MOST / 2).forEach(entry -> tasks.remove(entry.getKey()));
  }

  /** Those of {@link #starts}. */
  public static List<? extends Family<?>> startFamilies() {
    return StartDurations.families();
  }

  /** How long the starts took. */
  public Snapshot starts() {
    return durations.snapshot();
  }

  /** How many stops were first told by whom. */
  public Map<Teller, Long> foundBy() {
    return Map.of(Teller.POLL, foundByPolls.get(), Teller.EVENT, foundByEvents.get());
  }
}
