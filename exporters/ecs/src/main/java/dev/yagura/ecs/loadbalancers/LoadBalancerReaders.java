package dev.yagura.ecs.loadbalancers;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.config.Glob;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The two scrapers of a place that share its calls, and what they know. A refresh of both waits for
 * its turns most of its interval: they need a thread in which nobody waits for them, this one
 * before that.
 */
public final class LoadBalancerReaders {
  /** From one beginning of a refresh to the next. */
  public static final Duration INTERVAL = Duration.ofMinutes(2);

  /** After which what was read is no longer known, unless its turns are rarer. */
  public static final Duration MAX_AGE = Duration.ofMinutes(10);

  /** What one refresh may take; a call may wait a minute for its turn. */
  public static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Of one refresh: some fewer than a bucket of one a second fills in its interval. */
  static final int CALLS = 110;

  static final int CALLS_FOR_RULES = 55;
  static final int CALLS_FOR_TAGS = 20;

  private final LatestLoadBalancing latest = new LatestLoadBalancing();
  private final LoadBalancersScraper loadBalancers;
  private final TargetHealthScraper targetHealth;

  /**
   * Nothing is asked yet.
   *
   * @param names of the load balancers to watch; all application load balancers if there is none
   * @param withTags whether the tags of rules and target groups are read
   * @param clock that AWS would agree with
   */
  public LoadBalancerReaders(AwsPlace place, List<Glob> names, boolean withTags, Clock clock) {
    var budget = new CallBudget(CALLS);
    var api = new ElbApi(place, budget);
    loadBalancers = new LoadBalancersScraper(api, budget, names, withTags, latest, clock);
    targetHealth = new TargetHealthScraper(api, budget, latest, clock);
  }

  public LoadBalancersScraper loadBalancers() {
    return loadBalancers;
  }

  public TargetHealthScraper targetHealth() {
    return targetHealth;
  }

  /** What is known, for those who join it. */
  public LatestLoadBalancing latest() {
    return latest;
  }
}
