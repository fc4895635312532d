package dev.yagura.ecs;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.ecs.capacity.InstancesScraper;
import dev.yagura.ecs.events.Listener;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.services.EventCounter;
import dev.yagura.ecs.services.ServiceDeploymentsScraper;
import dev.yagura.ecs.services.ServicesScraper;
import dev.yagura.ecs.tally.ClusterTally;
import dev.yagura.ecs.tally.Tally;
import dev.yagura.ecs.tally.Tally.Counted;
import dev.yagura.ecs.tasks.StopFamilies;
import dev.yagura.ecs.tasks.TaskTracker;
import dev.yagura.ecs.tasks.TaskTracker.Teller;
import dev.yagura.ecs.tasks.TasksScraper;
import dev.yagura.ecs.tasks.UnknownTexts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One cluster: a target whose scrapers fail for this cluster alone. */
final class ClusterWatch {
  /** Long enough for some ten thousand tasks at the pace of {@code limits.properties}. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private record Found(Teller teller, long stops) {}

  private static final List<Family<Found>> FOUND =
      List.of(
          Family.<Found>counter(
                  "ecs_stops_found_total",
                  "Stops by who told of them first since the exporter began: poll, or event. Where"
                      + " there is a queue of events and polls find stops all the time, events are"
                      + " lost.",
                  Found::stops)
              .label("teller", row -> row.teller().name().toLowerCase(Locale.ROOT)));

  private final ClusterTally tally;
  private final TaskTracker tasks;
  private final EventCounter events;
  private final PolledTarget target;

  /** Nothing is asked before its target is started. */
  ClusterWatch(
      AwsPlace place,
      String cluster,
      EcsConfig config,
      EcsApi api,
      Inventory inventory,
      Tally tally,
      UnknownTexts unknownTexts,
      Clock serverTime,
      LongSupplier nanoClock) {
    this.tally = tally.of(place.name(), cluster);
    this.tasks = new TaskTracker(cluster, this.tally, inventory, unknownTexts, serverTime);
    this.events = new EventCounter(this.tally);
    // In this order: tasks look at the deployments of their services.
    List<Polled> scrapers =
        Stream.<Scraper>of(
                new ServicesScraper(cluster, api, inventory, events, config.maxServices()),
                new ServiceDeploymentsScraper(cluster, api, inventory),
                new TasksScraper(cluster, api, inventory, tasks, serverTime),
                new InstancesScraper(api, cluster, InstancesScraper.MAX_INSTANCES))
            .map(
                scraper ->
                    new Polled(
                        scraper,
                        Schedule.every(config.interval()),
                        config.maxAge(),
                        PATIENCE,
                        nanoClock))
            .toList();
    this.target =
        new PolledTarget(
            place.name() + "/" + cluster,
            ConstantLabels.of(
                Map.of(
                    "account", place.account().name(),
                    "region", place.region(),
                    "cluster", cluster)),
            scrapers,
            this::counted);
  }

  PolledTarget target() {
    return target;
  }

  /** Who is told what happens in it. */
  Listener listener() {
    return new Listener(tasks, events);
  }

  /** What is counted, and not only known since the last poll. */
  static List<Family<?>> countedFamilies() {
    List<Family<?>> all = new ArrayList<>(StopFamilies.families());
    all.addAll(EventCounter.eventFamilies());
    all.addAll(EventCounter.placementFamilies());
    all.addAll(TaskTracker.startFamilies());
    all.addAll(FOUND);
    return all;
  }

  private Snapshot counted(RunReport report) {
    List<Counted> counted = tally.shown();
    Map<Teller, Long> byTeller = tasks.foundBy();
    List<Found> found =
        Stream.of(Teller.values())
            .map(teller -> new Found(teller, byTeller.getOrDefault(teller, 0L)))
            .toList();
    return Snapshot.join(
        List.of(
            of(StopFamilies.families(), counted),
            of(EventCounter.eventFamilies(), counted),
            of(EventCounter.placementFamilies(), counted),
            tasks.starts(),
            Snapshot.of(FOUND, found)));
  }

  private static Snapshot of(List<Family<Counted>> families, List<Counted> counted) {
    String name = families.get(0).name();
    return Snapshot.of(
        families, counted.stream().filter(row -> row.series().family().equals(name)).toList());
  }
}
