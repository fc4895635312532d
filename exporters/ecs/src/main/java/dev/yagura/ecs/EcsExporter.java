package dev.yagura.ecs;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsAccount;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.sqs.QueueUrl;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Page;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.ecs.discovery.DefinitionCache;
import dev.yagura.ecs.discovery.SdPage;
import dev.yagura.ecs.discovery.TargetLists;
import dev.yagura.ecs.events.EventsScraper;
import dev.yagura.ecs.events.Listener;
import dev.yagura.ecs.tally.Tally;
import dev.yagura.ecs.tasks.UnknownTexts;
import dev.yagura.state.StateException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * ECS: services, deployments and tasks, and why tasks stop, asked in the background. A scrape asks
 * nobody. A target is a cluster, or what an account has in a region beside its clusters.
 */
public final class EcsExporter implements Exporter {
  /** Its name in paths and labels. */
  public static final String NAME = "ecs";

  /** Where it listens by itself. */
  public static final int DEFAULT_PORT = 19103;

  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration EVENTS_PATIENCE = Duration.ofSeconds(60);
  private static final Duration EVENTS_PAUSE = Duration.ofSeconds(1);
  private static final Duration EVENTS_AGE = Duration.ofMinutes(15);

  private record Counting(String source, String state, long tooOld) {}

  private static final List<Family<Counting>> COUNTING =
      List.of(
          Family.<Counting>info(
                  "ecs_stop_counting_info",
                  "How stops are counted. source: events, while the queue can be read and besides"
                      + " polls, or poll, which misses what stops while nobody polls for an hour;"
                      + " state: folder, over restarts, or memory.")
              .labels(
                  LabelSet.<Counting>of("source", Counting::source).and("state", Counting::state)),
          Family.counter(
              "ecs_stops_too_old_total",
              "Stops that were told and not counted, because they happened before the"
                  + " exporter first began, or before those that it still knows.",
              Counting::tooOld));

  private final EcsConfig config;
  private final Tally tally;
  private final TargetLists lists;
  private final List<PlaceWatch> places = new ArrayList<>();
  private final List<PolledTarget> fixed = new ArrayList<>();
  private final Optional<PolledTarget> events;
  private final TargetGroup targets;
  private final List<Family<?>> families;

  // Guarded by this.
  private boolean started;
  private boolean closed;
  private final Set<PolledTarget> running = new HashSet<>();

  /**
   * Makes ready what is configured; nothing is asked before {@link #start}.
   *
   * @param tally is closed with it where it is durable
   * @param memory of this process
   * @param clock tells when a scrape ended, for people
   * @param nanoClock counts nanoseconds
   * @throws IllegalArgumentException if no region is known, or an account; the message says what to
   *     do
   */
  EcsExporter(
      EcsConfig config,
      Aws aws,
      Tally tally,
      EcsMemory memory,
      Clock clock,
      LongSupplier nanoClock) {
    this.config = config;
    this.tally = tally;
    var unknownTexts = new UnknownTexts();
    List<String> names = aws.places().stream().map(AwsPlace::name).toList();
    this.lists = new TargetLists(names, nanoClock);
    Map<String, DefinitionCache> definitions = memory.definitions(names);
    for (AwsPlace place : aws.places()) {
      places.add(
          new PlaceWatch(
              place,
              config,
              tally,
              unknownTexts,
              lists,
              Objects.requireNonNull(definitions.get(place.name())),
              aws.use().serverTime(),
              nanoClock,
              this::retarget));
    }
    places.forEach(place -> fixed.addAll(place.fixedTargets()));
    this.events = config.events().map(each -> events(each, aws, nanoClock));
    events.ifPresent(fixed::add);
    this.targets = new TargetGroup(NAME, fixed, nanoClock, clock);
    this.families = new ArrayList<>(places.get(0).families());
    families.addAll(COUNTING);
    events.ifPresent(target -> families.addAll(target.families()));
  }

  private PolledTarget events(EventsConfig queue, Aws aws, LongSupplier nanoClock) {
    AwsAccount account =
        queue
            .account()
            .map(
                name ->
                    aws.account(name)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "ecs.events.account: no account is called " + name)))
            .orElse(aws.accounts().get(0));
    String region =
        QueueUrl.of(queue.queueUrl()).region().orElseGet(() -> aws.places().get(0).region());
    var scraper = new EventsScraper(new AwsPlace(account, region), queue.queueUrl(), new Watched());
    var polled =
        new Polled(scraper, EcsExporter::untilNextEvents, EVENTS_AGE, EVENTS_PATIENCE, nanoClock);
    return new PolledTarget("sqs:" + scraper.queue(), ConstantLabels.none(), List.of(polled));
  }

  /** Soon: it waits for messages at the queue, where that does not answer at once. */
  private static Duration untilNextEvents(int failures) {
    Duration next = failures == 0 ? EVENTS_PAUSE : Schedule.retry(failures);
    return next.compareTo(EVENTS_PATIENCE) < 0 ? next : EVENTS_PATIENCE;
  }

  private final class Watched implements EventsScraper.Listeners {
    @Override
    public Optional<Listener> of(String clusterArn) {
      return places.stream().flatMap(place -> place.listener(clusterArn).stream()).findFirst();
    }

    @Override
    public boolean areSomeKnown() {
      return places.stream().anyMatch(PlaceWatch::isKnown);
    }

    @Override
    public boolean areAllKnown(String region) {
      return places.stream()
          .filter(place -> place.region().equals(region))
          .allMatch(PlaceWatch::isKnown);
    }
  }

  /**
   * Opens the state folder, where there is one, and begins to ask.
   *
   * @throws StateException if the folder cannot be used
   * @throws IllegalArgumentException if no region is known; the message says what to do
   */
  public static EcsExporter started(EcsConfig config, Aws aws, EcsMemory memory)
      throws StateException {
    Clock clock = aws.use().clock();
    LongSupplier nanoClock = aws.use().nanoClock();
    Tally tally = tally(config, memory, aws);
    try {
      var exporter = new EcsExporter(config, aws, tally, memory, clock, nanoClock);
      exporter.start();
      return exporter;
    } catch (RuntimeException e) {
      close(tally);
      throw e;
    }
  }

  static Tally tally(EcsConfig config, EcsMemory memory, Aws aws) throws StateException {
    AwsUse use = aws.use();
    return config.stateDir().isPresent()
        ? Tally.in(config.stateDir().get(), use.clock(), use.serverTime(), use.nanoClock())
        : memory.tally(use.serverTime(), use.nanoClock());
  }

  private synchronized void start() {
    started = true;
    fixed.forEach(PolledTarget::start);
    running.addAll(fixed);
  }

  /** Clusters came or went. */
  private synchronized void retarget() {
    List<PolledTarget> now = polled();
    targets.replace(now);
    if (started && !closed) {
      now.stream().filter(running::add).forEach(PolledTarget::start);
      running.retainAll(now);
    }
  }

  /** The targets as they are now, for one who polls them by hand. */
  List<PolledTarget> polled() {
    List<PolledTarget> all = new ArrayList<>(fixed);
    places.forEach(place -> all.addAll(place.clusterTargets()));
    return all;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(families);
    all.addAll(targets.families());
    return all.stream().distinct().toList();
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
    Pending polled = targets.start(target, selection, deadline);
    if (target.isPresent() || !selection.equals(Selection.all())) {
      return polled; // How stops are counted belongs to no target.
    }
    return () -> {
      List<Samples> all = new ArrayList<>(polled.await());
      var counting =
          new Counting(
              readsEvents() ? "events" : "poll",
              tally.isDurable() ? "folder" : "memory",
              tally.tooOld());
      all.add(Samples.of(List.of(Snapshot.of(COUNTING, counting)), ConstantLabels.none()));
      return all;
    };
  }

  @Override
  public List<TargetStatus> status() {
    return targets.status();
  }

  /** Whether there is a queue of events, and it could be read the last time. */
  private boolean readsEvents() {
    return events
        .flatMap(PolledTarget::report)
        .map(report -> report.scrapers().stream().allMatch(one -> one.cause() == null))
        .orElse(false);
  }

  @Override
  public List<Note> notes() {
    boolean reads = readsEvents();
    String source = "Counted from polls alone: an hour without any is not made up for.";
    if (reads) {
      source = "Counted from events and polls.";
    } else if (events.isPresent()) {
      source = "The queue of events is not read. " + source;
    }
    String state =
        tally.isDurable()
            ? "in the state folder, over restarts"
            : "in memory, until a restart: no state_dir is set";
    return List.of(
        new Note(
            "stops",
            reads || events.isEmpty() ? Note.State.OK : Note.State.BAD,
            source,
            List.of(new Note.Row("Counters", state))));
  }

  @Override
  public List<Page> pages() {
    return config
        .discovery()
        .map(discovery -> List.of(SdPage.of(lists::state, discovery.refresh())))
        .orElse(List.of());
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    targets.close();
    close(tally);
  }

  /** One in memory is the next exporter's as well. */
  private static void close(Tally tally) {
    if (tally.isDurable()) {
      tally.close();
    }
  }
}
