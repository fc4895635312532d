package dev.yagura.ecs.discovery;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.Task;
import dev.yagura.ecs.inventory.TaskDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes the list of targets out of the tasks that are known. Where those of a cluster are not known
 * any more the last list holds. A cluster that has not told them since the start is waited for, but
 * not for ever: it may be denied, and must not keep the others' targets away. Used by one thread.
 */
public final class DiscoveryScraper implements Scraper {
  /** Its name in labels and in the configuration. */
  public static final String NAME = "discovery";

  /** For a cluster's first answer. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final Duration FIRST = Duration.ofSeconds(5);

  private final AwsPlace place;
  private final TaskDefinitions definitions;
  private final HostAddresses hosts;
  private final Inventory inventory;
  private final Function<Task, Optional<String>> environment;
  private final DiscoveryConfig config;
  private final TargetLists lists;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final long start;
  private final Set<String> answered = new HashSet<>();
  private boolean made;

  /**
   * Makes the list of one account and region.
   *
   * @param environment the name of the environment that a task is part of
   * @param lists takes the list
   * @param nanoClock counts nanoseconds
   */
  public DiscoveryScraper(
      AwsPlace place,
      TaskDefinitions definitions,
      HostAddresses hosts,
      Inventory inventory,
      Function<Task, Optional<String>> environment,
      DiscoveryConfig config,
      TargetLists lists,
      Clock clock,
      LongSupplier nanoClock) {
    this.place = place;
    this.definitions = definitions;
    this.hosts = hosts;
    this.inventory = inventory;
    this.environment = environment;
    this.config = config;
    this.lists = lists;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<? extends Family<?>> families() {
    return DiscoveryFamilies.ALL;
  }

  /** Often until there is a list, as Prometheus waits for it. */
  public Schedule schedule() {
    return failures ->
        failures == 0 && !made ? FIRST : Schedule.every(config.refresh()).untilNext(failures);
  }

  /** Nothing while others have just begun to ask: the page says so until then. */
  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    if (!made && waits() && inventory.withoutTasks().isEmpty()) {
      return Snapshot.empty();
    }
    // Looked at on both sides, as an answer may come, or grow too old, in between.
    Set<String> missing = new TreeSet<>(missing());
    List<Task> all = inventory.tasks();
    missing.addAll(missing());
    all.stream()
        .map(Task::cluster)
        .filter(cluster -> !missing.contains(cluster))
        .forEach(answered::add);
    if (!made && waits() && !missing.isEmpty()) {
      return Snapshot.empty();
    }
    refuseIfIncomplete(missing);

    List<Task> tasks = all.stream().filter(Candidate::isRunning).toList();
    Map<String, TaskDefinition> described = describe(tasks, deadline);
    var where =
        new Surroundings(
            place.account().name(),
            place.region(),
            described,
            hosts(tasks, described, deadline),
            environment);
    ScrapeTargets list = ScrapeTargets.of(tasks, where, config);
    lists.put(place.name(), list.targets());
    made = true;
    return DiscoveryFamilies.of(new DiscoveryFamilies.Made(list, missing.size(), clock.instant()));
  }

  private Set<String> missing() throws ScrapeException {
    return inventory
        .withoutTasks()
        .orElseThrow(
            () -> new ScrapeException(FailureReason.UNREACHABLE, "the clusters are not known yet"));
  }

  private void refuseIfIncomplete(Set<String> missing) throws ScrapeException {
    for (String cluster : missing) {
      if (waits() || answered.contains(cluster)) {
        throw new ScrapeException(
            FailureReason.UNREACHABLE, "the tasks of cluster " + cluster + " are not known");
      }
    }
  }

  private boolean waits() {
    return nanoClock.getAsLong() - start < GRACE.toNanos();
  }

  private Map<String, TaskDefinition> describe(List<Task> tasks, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Map<String, TaskDefinition> described = new HashMap<>();
    Set<String> arns = new TreeSet<>();
    tasks.forEach(task -> arns.add(task.taskDefinition().arn()));
    for (String arn : arns) {
      definitions.of(arn, deadline).ifPresent(each -> described.put(arn, each));
    }
    return described;
  }

  private Map<String, String> hosts(
      List<Task> tasks, Map<String, TaskDefinition> described, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Map<String, Set<String>> needed = new TreeMap<>();
    for (Task task : tasks) {
      String instance = task.containerInstance();
      var candidate = Candidate.of(task, described.get(task.taskDefinition().arn()), config);
      if (instance != null && candidate.needsHost()) {
        needed.computeIfAbsent(task.cluster(), made -> new HashSet<>()).add(instance);
      }
    }
    return needed.isEmpty() ? Map.of() : hosts.of(needed, deadline);
  }
}
