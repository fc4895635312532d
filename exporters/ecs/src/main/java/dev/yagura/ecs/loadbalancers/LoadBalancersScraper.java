package dev.yagura.ecs.loadbalancers;

import dev.yagura.aws.pace.Pacer;
import dev.yagura.core.config.Glob;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The load balancers of a place with all but the health of their targets. */
public final class LoadBalancersScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "load_balancers";

  private static final Duration LIMITS_EVERY = Duration.ofHours(1);

  private final ElbApi api;
  private final CallBudget budget;
  private final List<Glob> names;
  private final boolean withTags;
  private final LatestLoadBalancing latest;
  private final Clock clock;
  private final RulesReader rules;
  private final TagsReader tags;

  private record Shown(Snapshot snapshot, Instant readAt) {}

  private volatile Shown shown = new Shown(Snapshot.empty(), Instant.EPOCH);
  private Instant begun = Instant.MIN;
  private Instant limitsAt = Instant.MIN;
  private Map<String, Integer> limits = Map.of();

  LoadBalancersScraper(
      ElbApi api,
      CallBudget budget,
      List<Glob> names,
      boolean withTags,
      LatestLoadBalancing latest,
      Clock clock) {
    this.api = api;
    this.budget = budget;
    this.names = List.copyOf(names);
    this.withTags = withTags;
    this.latest = latest;
    this.clock = clock;
    this.rules = new RulesReader(api, budget, LoadBalancerReaders.CALLS_FOR_RULES, clock);
    this.tags = new TagsReader(api, LoadBalancerReaders.CALLS_FOR_TAGS, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return LoadBalancerFamilies.all();
  }

  /** At the interval, counted from beginning to beginning. */
  public Schedule schedule() {
    return SteadySchedule.every(LoadBalancerReaders.INTERVAL, () -> begun, clock::instant);
  }

  /**
   * Asks for what there is. Without the load balancers or the target groups nothing is told anew;
   * whatever else cannot be read stays as it was known, and everything beside it is told.
   *
   * @return nothing: {@link #shown} tells, also what was read beside something that failed
   */
  @Override
  public Snapshot scrape(Deadline patience) throws ScrapeException, InterruptedException {
    begun = clock.instant();
    budget.begin();
    Deadline deadline = patience.earlierBy(Pacer.LONGEST_WAIT);
    List<LoadBalancer> all = applications(api.loadBalancers(deadline));
    List<TargetGroup> groups = api.targetGroups(deadline);
    List<LoadBalancer> watched = all.stream().filter(this::isWatched).toList();
    var failure = new FirstFailure();
    failure.keepOf(() -> readLimits(deadline));
    failure.keepOf(() -> rules.read(watched, deadline));
    if (withTags) {
      Set<String> tagged = tagged(view(all.size(), watched, groups));
      failure.keepOf(() -> tags.read(tagged, deadline));
    }
    LoadBalancing view = view(all.size(), watched, groups);
    latest.replace(view);
    shown = new Shown(LoadBalancerFamilies.snapshot(view).verified(), begun);
    failure.tell();
    return Snapshot.empty();
  }

  private void readLimits(Deadline deadline) throws ScrapeException, InterruptedException {
    if (limitsAt.isBefore(begun.minus(LIMITS_EVERY))) {
      limits = api.limits(deadline);
      limitsAt = begun;
    }
  }

  /** What was last read of what there is, until that is too long ago. */
  public Snapshot shown() {
    Shown last = shown;
    Duration age = Duration.between(last.readAt(), clock.instant());
    return age.compareTo(LoadBalancerReaders.MAX_AGE) <= 0 ? last.snapshot() : Snapshot.empty();
  }

  private LoadBalancing view(int all, List<LoadBalancer> watched, List<TargetGroup> groups) {
    return new LoadBalancing(
        begun,
        all,
        watched,
        rules.listeners(),
        rules.unknown(watched),
        groups,
        tags.tags(),
        limits,
        Map.of());
  }

  private static List<LoadBalancer> applications(List<LoadBalancer> all) {
    return all.stream().filter(LoadBalancer::isApplication).toList();
  }

  private boolean isWatched(LoadBalancer loadBalancer) {
    return names.isEmpty() || names.stream().anyMatch(name -> name.matches(loadBalancer.name()));
  }

  private static Set<String> tagged(LoadBalancing view) {
    Set<String> arns = new HashSet<>();
    view.ours().forEach(group -> arns.add(group.arn()));
    for (Listener listener : view.listeners()) {
      listener.rules().stream().filter(rule -> !rule.isDefault()).map(Rule::arn).forEach(arns::add);
    }
    return arns;
  }
}
