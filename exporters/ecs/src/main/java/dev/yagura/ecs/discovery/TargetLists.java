package dev.yagura.ecs.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last list of each account and region. For any thread. */
public final class TargetLists {
  // Guarded by this.
  private final Map<String, Optional<List<ScrapeTarget>>> byPlace = new LinkedHashMap<>();

  /** Nothing is known yet of these accounts and regions. */
  public TargetLists(Collection<String> places) {
    places.forEach(place -> byPlace.put(place, Optional.empty()));
  }

  /**
   * All lists as one.
   *
   * @param missing names of the accounts and regions that have no list yet
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
    return new State(missing, all);
  }
}
