package dev.yagura.ecs.loadbalancers;

import dev.yagura.aws.pace.Pacer;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The health of targets, a call a group: in each refresh of as many as its calls allow, the others
 * in the next one.
 */
public final class TargetHealthScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "target_health";

  /** Also when everything else was much. */
  private static final int LEAST_CALLS = 10;

  private final ElbApi api;
  private final CallBudget budget;
  private final LatestLoadBalancing latest;
  private final Clock clock;

  /** One that cannot be read goes to the end of the line, so that it is in nobody's way. */
  private final Map<String, Instant> asked = new HashMap<>();

  private final RecentRefreshes recent = new RecentRefreshes();
  private Instant begun = Instant.MIN;

  TargetHealthScraper(ElbApi api, CallBudget budget, LatestLoadBalancing latest, Clock clock) {
    this.api = api;
    this.budget = budget;
    this.latest = latest;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return TargetHealthFamilies.all();
  }

  /** At the interval, counted from beginning to beginning. */
  public Schedule schedule() {
    return SteadySchedule.every(LoadBalancerReaders.INTERVAL, () -> begun, clock::instant);
  }

  /**
   * Asks for what was asked for longest ago.
   *
   * @return nothing: {@link #shown} tells, also what was read before something failed
   */
  @Override
  public Snapshot scrape(Deadline patience) throws ScrapeException, InterruptedException {
    begun = clock.instant();
    recent.begin(begun);
    Optional<LoadBalancing> known = latest.view();
    if (known.isEmpty()) {
      return Snapshot.empty(); // The other scraper tells why.
    }
    LoadBalancing view = known.get();
    Deadline deadline = patience.earlierBy(Pacer.LONGEST_WAIT);
    int calls = Math.max(LEAST_CALLS, budget.left());
    HealthOrder.Rounds rounds = HealthOrder.rounds(view, recent.fewestCalls(calls));
    asked
        .keySet()
        .retainAll(view.targetGroups().stream().map(TargetGroup::arn).collect(Collectors.toSet()));
    int made = 0;
    for (String arn : HealthOrder.choose(view, asked, calls)) {
      if (deadline.hasPassed()) {
        calls = Math.max(LEAST_CALLS, made);
        break;
      }
      made++;
      asked.put(arn, clock.instant());
      Optional<List<TargetHealth>> targets = api.targetHealth(arn);
      Duration maxAge = recent.maxAge(rounds.of(arn));
      latest.health(arn, targets.map(read -> new GroupHealth(read, clock.instant(), maxAge)));
    }
    recent.made(calls);
    return Snapshot.empty();
  }

  /** What is known now, each group with the time at which it was read. */
  public Snapshot shown() {
    return latest
        .view()
        .map(view -> TargetHealthFamilies.snapshot(view, clock.instant()))
        .orElseGet(Snapshot::empty);
  }
}
