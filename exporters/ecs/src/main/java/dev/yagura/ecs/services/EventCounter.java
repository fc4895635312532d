package dev.yagura.ecs.services;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.ServiceEvent;
import dev.yagura.ecs.reasons.PlacementFailure;
import dev.yagura.ecs.reasons.ServiceEventName;
import dev.yagura.ecs.tally.Occurrence;
import dev.yagura.ecs.tally.Series;
import dev.yagura.ecs.tally.Tally;
import dev.yagura.ecs.tally.Tally.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what goes wrong with the services of one cluster, told by DescribeServices and by
 * EventBridge. The two have no identifier in common, so what has the same name and happened to the
 * same service within seconds is one event. For any thread.
 */
public final class EventCounter {
  private static final String EVENTS = "ecs_service_events_total";
  private static final String PLACEMENT_FAILURES = "ecs_placement_failures_total";
  private static final int TOLERANCE_SECONDS = 5;

  private static final List<Family<Counted>> EVENT_FAMILIES =
      List.of(
          Family.<Counted>counter(
                  EVENTS,
                  "Events of a service that EventBridge calls a warning or an error, by the name"
                      + " that it gives them, from events of DescribeServices and from EventBridge."
                      + " A new series begins at 0.",
                  Counted::value)
              .labels(
                  LabelSet.<Counted>of("service", row -> row.series().label(0))
                      .and("name", row -> row.series().label(1))
                      .and("level", row -> row.series().label(2))));

  private static final List<Family<Counted>> PLACEMENT_FAMILIES =
      List.of(
          Family.<Counted>counter(
                  PLACEMENT_FAILURES,
                  "How often a task of a service could not be placed, by a closed set of reasons"
                      + " read off the service's events; fargate_capacity where Fargate has no"
                      + " room. A new series begins at 0.",
                  Counted::value)
              .labels(
                  LabelSet.<Counted>of("service", row -> row.series().label(0))
                      .and("reason", row -> row.series().label(1))));

  private final String place;
  private final String cluster;
  private final Tally tally;

  /**
   * Counts for one cluster.
   *
   * @param place account and region
   */
  public EventCounter(String place, String cluster, Tally tally) {
    this.place = place;
    this.cluster = cluster;
    this.tally = tally;
  }

  /** Those that {@link Tally#shown} gives rows of. */
  public static List<Family<Counted>> eventFamilies() {
    return EVENT_FAMILIES;
  }

  /** Those that {@link Tally#shown} gives rows of. */
  public static List<Family<Counted>> placementFamilies() {
    return PLACEMENT_FAMILIES;
  }

  /** Counts the messages of these services. */
  synchronized void polled(List<Service> services) throws ScrapeException {
    var batch = new Batch();
    for (Service service : services) {
      for (ServiceEvent event : service.events()) {
        Optional<ServiceEventName> name = ServiceEventName.ofMessage(event.message());
        if (name.isPresent()) {
          batch.add(service.name(), name.get(), event.createdAt(), event.message());
        }
      }
    }
    batch.count();
  }

  /**
   * Counts an event of EventBridge.
   *
   * @param reason as the event gives it; empty if it gives none
   * @return whether it was new, and one that is counted
   */
  public synchronized boolean told(String service, ServiceEventName name, Instant at, String reason)
      throws ScrapeException {
    var batch = new Batch();
    batch.add(service, name, at, reason);
    return batch.count() > 0;
  }

  /** What is counted together. */
  private final class Batch {
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    void add(String service, ServiceEventName name, Instant at, String text)
        throws ScrapeException {
      if (name.level() == ServiceEventName.Level.INFO
          || tally.isTooOld(at)
          || isKnown(service, name, at)) {
        return;
      }
      List<Series> counts = new ArrayList<>();
      counts.add(
          new Series(EVENTS, place, cluster, List.of(service, name.name(), name.level().name())));
      if (name == ServiceEventName.SERVICE_TASK_PLACEMENT_FAILURE) {
        counts.add(
            new Series(
                PLACEMENT_FAILURES,
                place,
                cluster,
                List.of(service, PlacementFailure.of(text).label())));
      }
      String key = key(service, name, at.getEpochSecond());
      keys.add(key);
      occurrences.add(new Occurrence(key, at, counts));
    }

    private boolean isKnown(String service, ServiceEventName name, Instant at)
        throws ScrapeException {
      for (int off = -TOLERANCE_SECONDS; off <= TOLERANCE_SECONDS; off++) {
        String key = key(service, name, at.getEpochSecond() + off);
        if (keys.contains(key) || tally.isCounted(key)) {
          return true;
        }
      }
      return false;
    }

    private String key(String service, ServiceEventName name, long second) {
      return String.join(" ", place, cluster, service, name.name(), Long.toString(second));
    }

    int count() throws ScrapeException {
      return occurrences.isEmpty() ? 0 : tally.add(occurrences).size();
    }
  }
}
