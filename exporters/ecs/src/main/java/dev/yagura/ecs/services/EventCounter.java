package dev.yagura.ecs.services;

import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.Service;
import dev.yagura.ecs.inventory.ServiceEvent;
import dev.yagura.ecs.reasons.PlacementFailure;
import dev.yagura.ecs.reasons.ServiceEventName;
import dev.yagura.ecs.tally.ClusterTally;
import dev.yagura.ecs.tally.Occurrence;
import dev.yagura.ecs.tally.Series;
import dev.yagura.ecs.tally.Tally.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what goes wrong with the services of one cluster, told by DescribeServices and by
 * EventBridge. Each knows its own again by an id, but they have none in common: so one that the one
 * told, and one of the same service and name that the other told within seconds of it, are one
 * event, each with one at most. For any thread.
 */
public final class EventCounter {
  private enum Teller {
    POLL,
    EVENT
  }

  /**
   * Something that was told.
   *
   * @param id by which its teller knows it
   * @param text that says why
   */
  private record Told(
      Teller teller, String id, String service, ServiceEventName name, Instant at, String text) {}

  private static final String EVENTS = "ecs_service_events_total";
  private static final String PLACEMENT_FAILURES = "ecs_placement_failures_total";
  private static final int TOLERANCE_SECONDS = 5;

  private static final List<Family<Counted>> EVENT_FAMILIES =
      List.of(
          Family.<Counted>counter(
                  EVENTS,
                  "Events of a service that EventBridge calls a warning or an error, by the name"
                      + " that it gives them, from events of DescribeServices and from EventBridge;"
                      + " one that both tell within five seconds is one. A new series is 0 for"
                      + " the first two minutes.",
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
                      + " room. A new series is 0 for the first two minutes.",
                  Counted::value)
              .labels(
                  LabelSet.<Counted>of("service", row -> row.series().label(0))
                      .and("reason", row -> row.series().label(1))));

  private final ClusterTally tally;

  /** Counts for one cluster. */
  public EventCounter(ClusterTally tally) {
    this.tally = tally;
  }

  /** Those that {@link ClusterTally#shown} gives rows of. */
  public static List<Family<Counted>> eventFamilies() {
    return EVENT_FAMILIES;
  }

  /** Those that {@link ClusterTally#shown} gives rows of. */
  public static List<Family<Counted>> placementFamilies() {
    return PLACEMENT_FAMILIES;
  }

  /** Counts the messages of these services. */
  synchronized void polled(List<Service> services) throws ScrapeException {
    tally.begin();
    var batch = new Batch();
    for (Service service : services) {
      for (ServiceEvent event : service.events()) {
        Optional<ServiceEventName> name = ServiceEventName.ofMessage(event.message());
        if (name.isPresent()) {
          batch.add(
              new Told(
                  Teller.POLL,
                  event.id(),
                  service.name(),
                  name.get(),
                  event.createdAt(),
                  event.message()));
        }
      }
    }
    batch.save();
  }

  /**
   * Counts an event of EventBridge.
   *
   * @param id of the event
   * @param reason as the event gives it; empty if it gives none
   * @return whether it was new, and one that is counted
   */
  public synchronized boolean told(
      String id, String service, ServiceEventName name, Instant at, String reason)
      throws ScrapeException {
    tally.begin();
    var batch = new Batch();
    boolean isNew = batch.add(new Told(Teller.EVENT, id, service, name, at, reason));
    batch.save();
    return isNew;
  }

  /** What is saved together. */
  private final class Batch {
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    /** Whether it is to be counted. */
    boolean add(Told told) throws ScrapeException {
      if (told.name().level() == ServiceEventName.Level.INFO || tally.isTooOld(told.at())) {
        return false;
      }
      String key = String.join(" ", told.teller().name(), told.service(), told.id());
      if (isKnown(key)) {
        return false;
      }
      Optional<String> twin = unmatchedTwin(told);
      if (twin.isPresent()) {
        note(key, told.at(), List.of());
        note(matched(twin.get()), told.at(), List.of());
        return false;
      }
      note(key, told.at(), counts(told));
      int number = 0;
      while (isKnown(slot(told.teller(), told, 0, number))) {
        number++;
      }
      note(slot(told.teller(), told, 0, number), told.at(), List.of());
      return true;
    }

    /** What the other teller told of it, if that was not taken for another one. */
    private Optional<String> unmatchedTwin(Told told) throws ScrapeException {
      Teller other = told.teller() == Teller.POLL ? Teller.EVENT : Teller.POLL;
      for (int off = -TOLERANCE_SECONDS; off <= TOLERANCE_SECONDS; off++) {
        for (int number = 0; isKnown(slot(other, told, off, number)); number++) {
          String slot = slot(other, told, off, number);
          if (!isKnown(matched(slot))) {
            return Optional.of(slot);
          }
        }
      }
      return Optional.empty();
    }

    /** Stands for the n-th that a teller told of a service, by name and second. */
    private String slot(Teller teller, Told told, int off, int number) {
      long second = told.at().getEpochSecond() + off;
      return String.join(
          " ", teller.name(), told.service(), told.name().name(), second + "#" + number);
    }

    private String matched(String slot) {
      return slot + " matched";
    }

    private boolean isKnown(String key) throws ScrapeException {
      return keys.contains(key) || tally.isCounted(key);
    }

    private void note(String key, Instant at, List<Series> counts) {
      keys.add(key);
      occurrences.add(new Occurrence(key, at, counts));
    }

    void save() throws ScrapeException {
      if (!occurrences.isEmpty()) {
        Set<String> unused = tally.add(occurrences);
      }
    }
  }

  private static List<Series> counts(Told told) {
    List<Series> counts = new ArrayList<>();
    ServiceEventName name = told.name();
    counts.add(new Series(EVENTS, List.of(told.service(), name.name(), name.level().name())));
    if (name == ServiceEventName.SERVICE_TASK_PLACEMENT_FAILURE) {
      counts.add(
          new Series(
              PLACEMENT_FAILURES,
              List.of(told.service(), PlacementFailure.of(told.text()).label())));
    }
    return counts;
  }
}
