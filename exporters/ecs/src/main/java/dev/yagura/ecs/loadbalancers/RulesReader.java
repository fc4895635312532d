package dev.yagura.ecs.loadbalancers;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The listeners and rules of the load balancers, of as many in a refresh as its share of calls
 * allows, those that were read longest ago first. For one thread.
 */
final class RulesReader {
  private record Read(List<Listener> listeners, Instant at) {}

  /** What is so of one load balancer is so of the next one. */
  private static final Set<FailureReason> AT_ALL =
      EnumSet.of(FailureReason.DENIED, FailureReason.THROTTLED);

  private final ElbApi api;
  private final CallBudget budget;
  private final int share;
  private final Duration maxAge;
  private final Clock clock;
  private final Map<String, Read> known = new HashMap<>();

  /** One that cannot be read goes to the end of the line, so that it is in nobody's way. */
  private final Map<String, Instant> asked = new HashMap<>();

  /**
   * Nothing is known yet.
   *
   * @param share of the calls of a refresh, after which no further load balancer is begun
   * @param maxAge after which rules are no longer known
   */
  RulesReader(ElbApi api, CallBudget budget, int share, Duration maxAge, Clock clock) {
    this.api = api;
    this.budget = budget;
    this.share = share;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /**
   * Reads those that have their turn.
   *
   * @throws ScrapeException the first failure; the others were asked nevertheless
   */
  void read(List<LoadBalancer> watched, Deadline deadline)
      throws ScrapeException, InterruptedException {
    List<String> arns = new ArrayList<>(watched.stream().map(LoadBalancer::arn).toList());
    known.keySet().retainAll(new HashSet<>(arns));
    asked.keySet().retainAll(new HashSet<>(arns));
    arns.sort(
        Comparator.comparing((String arn) -> asked.getOrDefault(arn, Instant.MIN))
            .thenComparing(Comparator.naturalOrder()));
    int end = budget.made() + share;
    var failure = new FirstFailure();
    for (String arn : arns) {
      if (budget.made() >= end || deadline.hasPassed()) {
        break;
      }
      asked.put(arn, clock.instant());
      try {
        known.put(arn, new Read(api.listeners(arn, deadline), clock.instant()));
      } catch (ScrapeException e) {
        if (deadline.hasPassed()) {
          break; // What was read until then counts.
        }
        failure.keep(e);
        if (AT_ALL.contains(e.reason())) {
          break;
        }
      }
    }
    failure.tell();
  }

  /** All that is known. */
  List<Listener> listeners() {
    return known.values().stream()
        .filter(this::isFresh)
        .flatMap(read -> read.listeners().stream())
        .sorted(Comparator.comparing(Listener::arn))
        .toList();
  }

  /** ARNs of load balancers whose rules are not known. */
  Set<String> unknown(List<LoadBalancer> watched) {
    Set<String> unknown = new HashSet<>(watched.stream().map(LoadBalancer::arn).toList());
    unknown.removeIf(
        arn -> {
          Read read = known.get(arn);
          return read != null && isFresh(read);
        });
    return unknown;
  }

  private boolean isFresh(Read read) {
    return Duration.between(read.at(), clock.instant()).compareTo(maxAge) <= 0;
  }
}
