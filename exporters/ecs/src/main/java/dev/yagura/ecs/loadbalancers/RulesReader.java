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

  private record Asked(Instant at, int calls) {}

  /** What is so of one load balancer is so of the next one. */
  private static final Set<FailureReason> AT_ALL =
      EnumSet.of(FailureReason.DENIED, FailureReason.THROTTLED);

  private final ElbApi api;
  private final CallBudget budget;
  private final int share;
  private final Clock clock;
  private final Map<String, Read> known = new HashMap<>();

  /** One that cannot be read goes to the end of the line, so that it is in nobody's way. */
  private final Map<String, Asked> asked = new HashMap<>();

  private final RecentRefreshes recent = new RecentRefreshes();
  private Duration maxAge = LoadBalancerReaders.MAX_AGE;

  /**
   * Nothing is known yet.
   *
   * @param share of the calls of a refresh, after which no further load balancer is begun
   */
  RulesReader(ElbApi api, CallBudget budget, int share, Clock clock) {
    this.api = api;
    this.budget = budget;
    this.share = share;
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
    arns.sort(Comparator.comparing(this::askedAt).thenComparing(Comparator.naturalOrder()));
    recent.begin(clock.instant());
    int begin = budget.made();
    int calls = share;
    var failure = new FirstFailure();
    for (String arn : arns) {
      if (budget.made() >= begin + share) {
        break;
      }
      if (deadline.hasPassed()) {
        calls = Math.max(1, budget.made() - begin);
        break;
      }
      int before = budget.made();
      Instant at = clock.instant();
      try {
        known.put(arn, new Read(api.listeners(arn, deadline), clock.instant()));
      } catch (ScrapeException e) {
        if (deadline.hasPassed()) {
          continue; // What was read until then counts.
        }
        failure.keep(e);
        if (AT_ALL.contains(e.reason())) {
          break;
        }
      } finally {
        asked.put(arn, new Asked(at, budget.made() - before));
      }
    }
    recent.made(calls);
    maxAge = recent.maxAge(round(arns.size()));
    failure.tell();
  }

  private Instant askedAt(String arn) {
    Asked last = asked.get(arn);
    return last == null ? Instant.MIN : last.at();
  }

  /** Refreshes until each load balancer has had its turn, as many calls as they took of late. */
  private int round(int loadBalancers) {
    int calls = recent.fewestCalls(share);
    long known = asked.values().stream().mapToInt(Asked::calls).sum();
    long all = asked.isEmpty() ? 0 : known * loadBalancers / asked.size();
    return (int) ((all + calls - 1) / calls);
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
