package dev.yagura.ecs.tally;

import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.tally.Tally.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The tally of one cluster. For any thread. */
public final class ClusterTally {
  private final Tally tally;
  private final Where where;

  ClusterTally(Tally tally, Where where) {
    this.tally = tally;
    this.where = where;
  }

  /**
   * Begins now, by AWS' clock, unless it has before: what happened earlier is not counted.
   *
   * @throws ScrapeException if the state cannot be read or written
   */
  public void begin() throws ScrapeException {
    tally.begin(where);
  }

  /** Whether something of that time is not counted, because it is from before it began. */
  public boolean isTooOld(Instant at) throws ScrapeException {
    return tally.isTooOld(where, at);
  }

  /** Whether it was counted. */
  public boolean isCounted(String key) throws ScrapeException {
    return tally.isCounted(where, key);
  }

  /**
   * Counts those that were not counted before, all of them or none.
   *
   * @return the keys of those that were counted
   * @throws ScrapeException if they cannot be saved; tell them again then
   */
  public Set<String> add(List<Occurrence> told) throws ScrapeException {
    return tally.add(where, told);
  }

  /** Its counters, as they are to be scraped now; never waits for those who count. */
  public List<Counted> shown() {
    return tally.shown(where);
  }
}
