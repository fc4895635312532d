package dev.yagura.ecs.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The last list of each account and region. One that has none yet is waited for, but not for ever,
 * so that it does not hide the others. For any thread.
 */
public final class TargetLists {
  // Guarded by this.
  private final Map<String, Optional<List<ScrapeTarget>>> byPlace = new LinkedHashMap<>();

  private final LongSupplier nanoClock;
  private final long start;

  /**
   * Nothing is known yet of these accounts and regions.
   *
   * @param nanoClock counts nanoseconds
   */
  public TargetLists(Collection<String> places, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    places.forEach(place -> byPlace.put(place, Optional.empty()));
  }

  /**
   * All lists as one.
   *
   * @param missing names of the accounts and regions whose first list is waited for
   */
  public record State(List<String> missing, List<ScrapeTarget> targets) {
    public State {
      missing = List.copyOf(missing);
      targets = List.copyOf(targets);
    }
  }

  synchronized void put(String place, List<ScrapeTarget> targets) {
    byPlace.put(place, Optional.of(List.copyOf(targets)));
  }

  /** What is known now. */
  public synchronized State state() {
    List<String> missing = new ArrayList<>();
    List<ScrapeTarget> all = new ArrayList<>();
    byPlace.forEach(
        (place, targets) -> targets.ifPresentOrElse(all::addAll, () -> missing.add(place)));
    boolean waits = nanoClock.getAsLong() - start < DiscoveryScraper.GRACE.toNanos();
    boolean none = missing.size() == byPlace.size();
    return new State(waits || none ? missing : List.of(), all);
  }
}
