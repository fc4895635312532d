package dev.yagura.ecs.discovery;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.discovery.DiscoveryFamilies.OfCluster;
import dev.yagura.ecs.inventory.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Makes the list of targets out of the tasks that are known, cluster by cluster: where those of one
 * are not known any more its last targets stay, and so do those of a task whose definition or host
 * cannot be read. The first list waits for what has not answered since the start, but not for ever:
 * it may be denied, and must not keep the others' targets away. Used by one thread, but for {@link
 * #shown}.
 */
public final class DiscoveryScraper implements Scraper {
  /** Its name in labels and in the configuration. */
  public static final String NAME = "discovery";

  /** For a first answer. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final Duration FIRST = Duration.ofSeconds(5);

  private final AwsPlace place;
  private final DiscoverySources sources;
  private final DiscoveryConfig config;
  private final TargetLists lists;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final long start;
  private final DefinitionReader definitions;
  private final Map<String, ClusterTargets> byCluster = new TreeMap<>();
  private boolean made;
  private boolean isReading;
  private volatile Snapshot shown = Snapshot.empty();

  private record Row(String cluster, ScrapeTarget target) {
    private static final Comparator<Row> ORDER =
        Comparator.comparing(Row::target, ScrapeTarget.ORDER);
  }

  /**
   * Makes the list of one account and region.
   *
   * @param lists takes the list
   * @param nanoClock counts nanoseconds
   */
  public DiscoveryScraper(
      AwsPlace place,
      DiscoverySources sources,
      DiscoveryConfig config,
      TargetLists lists,
      Clock clock,
      LongSupplier nanoClock) {
    this.place = place;
    this.sources = sources;
    this.config = config;
    this.lists = lists;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.definitions = new DefinitionReader(sources.definitions(), nanoClock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<? extends Family<?>> families() {
    return DiscoveryFamilies.ALL;
  }

  /** Often until there is a list, as Prometheus waits for it, and while there is more to read. */
  public Schedule schedule() {
    return failures ->
        failures == 0 && (!made || isReading)
            ? FIRST
            : Schedule.every(config.refresh()).untilNext(failures);
  }

  /**
   * Makes the list anew, as far as it can be.
   *
   * @return nothing: {@link #shown} tells of the list for as long as it is there
   * @throws ScrapeException also if there is a new list, and something is missing in it
   */
  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    Set<String> watched = sources.clusters().get();
    if (sources.inventory().withoutTasks().isEmpty()) {
      if (waits()) {
        return Snapshot.empty(); // Others have just begun to ask; the page says so.
      }
      throw new ScrapeException(FailureReason.UNREACHABLE, "the clusters are not known yet");
    }
    // Looked at on both sides, as an answer may come, or grow too old, in between.
    Set<String> silent = silent();
    List<Task> all = sources.inventory().tasks();
    silent.addAll(silent());
    silent.retainAll(watched);
    List<Task> tasks =
        all.stream()
            .filter(Candidate::isRunning)
            .filter(task -> watched.contains(task.cluster()) && !silent.contains(task.cluster()))
            .toList();

    DefinitionReader.Read read =
        definitions.read(
            tasks.stream().map(task -> task.taskDefinition().arn()).collect(Collectors.toSet()),
            deadline);
    isReading = read.goesOn();
    var where =
        new Surroundings(
            place.account().name(),
            place.region(),
            read.present(),
            Map.of(),
            sources.environment());
    HostAddresses.Found hosts = hosts(tasks, where, deadline);
    List<ScrapeException> problems = new ArrayList<>();
    read.failure().ifPresent(problems::add);
    hosts.failure().ifPresent(problems::add);

    if (made || !isTooEarly(silent, problems)) {
      list(watched, silent, tasks, read, hosts, where.withHosts(hosts.ipByArn()));
      silent.stream()
          .filter(byCluster::containsKey)
          .map(
              cluster ->
                  new ScrapeException(
                      FailureReason.UNREACHABLE,
                      "the tasks of cluster " + cluster + " are not known"))
          .forEach(problems::add);
    }
    tell(problems);
    return Snapshot.empty();
  }

  /** What is said of the list that there is. */
  public Snapshot shown() {
    return shown;
  }

  private Set<String> silent() {
    return new TreeSet<>(sources.inventory().withoutTasks().orElse(Set.of()));
  }

  private boolean waits() {
    return nanoClock.getAsLong() - start < GRACE.toNanos();
  }

  /** Whether a first list would lack what may well come. */
  private boolean isTooEarly(Set<String> silent, List<ScrapeException> problems) {
    return isReading
        || (waits()
            && (!silent.isEmpty()
                || !sources.areEnvironmentsKnown().getAsBoolean()
                || problems.stream().anyMatch(DiscoveryScraper::mayPass)));
  }

  private static boolean mayPass(ScrapeException problem) {
    return switch (problem.reason()) {
      case TIMEOUT, UNREACHABLE, THROTTLED -> true;
      default -> false;
    };
  }

  private void list(
      Set<String> watched,
      Set<String> silent,
      List<Task> tasks,
      DefinitionReader.Read read,
      HostAddresses.Found hosts,
      Surroundings where) {
    byCluster.keySet().retainAll(watched);
    Map<String, List<Task>> ofCluster =
        tasks.stream().collect(Collectors.groupingBy(Task::cluster));
    for (String cluster : watched) {
      if (!silent.contains(cluster)) {
        List<Task> own = ofCluster.getOrDefault(cluster, List.of());
        ClusterTargets last = byCluster.getOrDefault(cluster, ClusterTargets.none());
        byCluster.put(cluster, last.then(own, read, hosts, where, config, clock.instant()));
      }
    }
    List<Row> all = new ArrayList<>();
    byCluster.forEach(
        (cluster, targets) ->
            targets.byTask().values().stream()
                .flatMap(each -> each.targets().stream())
                .forEach(target -> all.add(new Row(cluster, target))));
    all.sort(Row.ORDER);
    List<Row> kept = all.subList(0, Math.min(all.size(), config.maxTargets()));
    lists.put(place.name(), kept.stream().map(Row::target).toList());
    made = true;
    int never = (int) silent.stream().filter(each -> !byCluster.containsKey(each)).count();
    shown = DiscoveryFamilies.of(made(kept, all.size() - kept.size(), never));
  }

  private DiscoveryFamilies.Made made(List<Row> kept, int leftOut, int clustersLeftOut) {
    Map<String, Long> counts =
        kept.stream().collect(Collectors.groupingBy(Row::cluster, Collectors.counting()));
    List<OfCluster> clusters = new ArrayList<>();
    int bad = 0;
    int unresolved = 0;
    for (Map.Entry<String, ClusterTargets> each : byCluster.entrySet()) {
      ClusterTargets targets = each.getValue();
      int count = counts.getOrDefault(each.getKey(), 0L).intValue();
      clusters.add(new OfCluster(each.getKey(), count, targets.at()));
      bad += targets.byTask().values().stream().mapToInt(ScrapeTargets::badLabels).sum();
      unresolved += targets.unresolved();
    }
    return new DiscoveryFamilies.Made(clusters, leftOut, bad, unresolved, clustersLeftOut);
  }

  /** Throws what there is to be told: the first reason, and all messages. */
  private static void tell(List<ScrapeException> problems) throws ScrapeException {
    if (problems.size() == 1) {
      throw problems.get(0);
    }
    if (!problems.isEmpty()) {
      String messages =
          problems.stream().map(ScrapeException::getMessage).collect(Collectors.joining("; "));
      throw new ScrapeException(problems.get(0).reason(), messages, problems.get(0));
    }
  }

  private HostAddresses.Found hosts(List<Task> tasks, Surroundings where, Deadline deadline)
      throws InterruptedException {
    Map<String, Set<String>> needed = new TreeMap<>();
    for (Task task : tasks) {
      String instance = task.containerInstance();
      var definition = where.definitions().get(task.taskDefinition().arn());
      if (instance != null && Candidate.of(task, definition, config).needsHost()) {
        needed.computeIfAbsent(task.cluster(), each -> new HashSet<>()).add(instance);
      }
    }
    return needed.isEmpty()
        ? HostAddresses.Found.all(Map.of())
        : sources.hosts().of(needed, deadline);
  }
}
