package dev.yagura.ecs.tally;

import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.state.StateException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens, each thing once: told twice, late or in any order, by several who do not
 * know of each other, it is one. What is counted is saved before it is shown. For any thread.
 *
 * <p>What happened before the tally began is not counted. Of what was counted so many keys are
 * kept; when there are more, the oldest are forgotten, and nothing that old is counted any more,
 * for nobody could say whether it was.
 */
public final class Tally implements AutoCloseable {
  /** The name of its database. */
  public static final String APPLICATION = "ecs";

  private static final int MOST_KEYS = 100_000;
  private static final int MOST_SERIES = 10_000;

  /** A counter as it is kept. */
  static final class Cell {
    private long value;
    private long touched;

    /** When its zero was first shown; null before, and of no use once it was shown long enough. */
    private @Nullable Long zeroShownAt;

    private boolean zeroIsDue;

    Cell(long value, long touched) {
      this.value = value;
      this.touched = touched;
    }

    long value() {
      return value;
    }

    long touched() {
      return touched;
    }
  }

  private record Where(String place, String cluster) {}

  /** A counter and what it shows. */
  public record Counted(Series series, long value) {}

  private final Optional<TallyStore> store;
  private final Duration zeroFor;
  private final LongSupplier nanoClock;
  private final int mostKeys;
  private final int mostSeries;

  // Guarded by this.
  private boolean loaded;
  private @Nullable Instant since;
  private final Map<Key, Long> known = new HashMap<>();
  private final Map<Series, Cell> cells = new HashMap<>();
  private final Map<Where, Set<Series>> byCluster = new HashMap<>();
  private long tooOld;

  Tally(
      Optional<TallyStore> store,
      Duration zeroFor,
      LongSupplier nanoClock,
      int mostKeys,
      int mostSeries) {
    this.store = store;
    this.zeroFor = zeroFor;
    this.nanoClock = nanoClock;
    this.mostKeys = mostKeys;
    this.mostSeries = mostSeries;
    this.loaded = store.isEmpty();
  }

  /**
   * Counts in memory; a restart begins anew.
   *
   * @param zeroFor how long a new counter shows zero, from when it is first shown
   * @param nanoClock counts nanoseconds
   */
  public static Tally inMemory(Duration zeroFor, LongSupplier nanoClock) {
    return new Tally(Optional.empty(), zeroFor, nanoClock, MOST_KEYS, MOST_SERIES);
  }

  /**
   * Counts in a state folder, over restarts. After a reload it belongs to what was loaded before:
   * then it is opened when it is first used after that let go of it.
   *
   * @throws StateException if it cannot be used
   */
  public static Tally in(Path folder, Duration zeroFor, Clock clock, LongSupplier nanoClock)
      throws StateException {
    return new Tally(
        Optional.of(TallyStore.in(folder, clock)), zeroFor, nanoClock, MOST_KEYS, MOST_SERIES);
  }

  /** Whether its counters survive a restart. */
  public boolean isDurable() {
    return store.isPresent();
  }

  /**
   * Begins, unless it has before: what happened earlier is not counted.
   *
   * @param now by AWS' clock
   * @throws ScrapeException if the state cannot be read or written
   */
  public synchronized void begin(Instant now) throws ScrapeException {
    load();
    if (since == null) {
      if (store.isPresent()) {
        store.get().begin(now);
      }
      since = now;
    }
  }

  private void load() throws ScrapeException {
    if (loaded) {
      return;
    }
    TallyStore.Loaded all = store.orElseThrow().load();
    known.clear();
    known.putAll(all.known());
    cells.clear();
    byCluster.clear();
    put(all.cells());
    since = all.since();
    loaded = true;
  }

  /** Whether it was counted. */
  public synchronized boolean isCounted(String key) throws ScrapeException {
    load();
    return known.containsKey(Key.of(key));
  }

  /** Whether something of that time is not counted, because it is from before the tally. */
  public synchronized boolean isTooOld(Instant at) throws ScrapeException {
    load();
    return since != null && at.isBefore(since);
  }

  /**
   * Counts those that were not counted before, all of them or none.
   *
   * @return the keys of those that were
   * @throws ScrapeException if they cannot be saved; tell them again then
   */
  public synchronized Set<String> add(List<Occurrence> told) throws ScrapeException {
    load();
    Map<Key, Long> fresh = new LinkedHashMap<>();
    Map<Series, Cell> changed = new LinkedHashMap<>();
    Set<String> counted = new HashSet<>();
    long old = 0;
    for (Occurrence each : told) {
      Key key = Key.of(each.key());
      if (known.containsKey(key) || fresh.containsKey(key)) {
        continue;
      }
      if (isTooOld(each.at())) {
        old++;
        continue;
      }
      fresh.put(key, each.at().getEpochSecond());
      counted.add(each.key());
      for (Series series : each.counts()) {
        Cell cell = changed.computeIfAbsent(series, this::copy);
        cell.value++;
        cell.touched = Math.max(cell.touched, each.at().getEpochSecond());
      }
    }
    if (!fresh.isEmpty()) {
      save(fresh, changed);
    }
    tooOld += old;
    return counted;
  }

  private Cell copy(Series series) {
    Cell there = cells.get(series);
    if (there == null) {
      Cell made = new Cell(0, 0);
      made.zeroIsDue = true;
      return made;
    }
    Cell copy = new Cell(there.value, there.touched);
    copy.zeroIsDue = there.zeroIsDue;
    copy.zeroShownAt = there.zeroShownAt;
    return copy;
  }

  private void save(Map<Key, Long> fresh, Map<Series, Cell> changed) throws ScrapeException {
    Forgotten forgotten = forgotten(fresh, changed);
    if (store.isPresent()) {
      try {
        store.get().save(fresh, changed, forgotten.keys(), forgotten.series(), forgotten.since());
      } catch (ScrapeException e) {
        loaded = false; // What is in the state is what counts; it is read again.
        throw e;
      }
    }
    known.putAll(fresh);
    put(changed);
    known.keySet().removeAll(forgotten.keys());
    forgotten.series().forEach(this::remove);
    since = forgotten.since();
  }

  private void put(Map<Series, Cell> these) {
    cells.putAll(these);
    these
        .keySet()
        .forEach(
            series ->
                byCluster
                    .computeIfAbsent(where(series), made -> new LinkedHashSet<>())
                    .add(series));
  }

  private void remove(Series series) {
    cells.remove(series);
    Set<Series> there = byCluster.get(where(series));
    if (there != null && there.remove(series) && there.isEmpty()) {
      byCluster.remove(where(series));
    }
  }

  private static Where where(Series series) {
    return new Where(series.place(), series.cluster());
  }

  private record Forgotten(Set<Key> keys, Set<Series> series, @Nullable Instant since) {}

  /** What there is no more room for: the oldest, a tenth at a time. */
  private Forgotten forgotten(Map<Key, Long> fresh, Map<Series, Cell> changed) {
    Set<Key> keys = new HashSet<>();
    Instant from = since;
    if (known.size() + fresh.size() > mostKeys) {
      Map<Key, Long> all = new HashMap<>(known);
      all.putAll(fresh);
      List<Map.Entry<Key, Long>> byAge = new ArrayList<>(all.entrySet());
      byAge.sort(Map.Entry.comparingByValue());
      long last = byAge.get(all.size() - mostKeys + mostKeys / 10 - 1).getValue();
      byAge.stream()
          .takeWhile(entry -> entry.getValue() <= last)
          .forEach(entry -> keys.add(entry.getKey()));
      Instant after = Instant.ofEpochSecond(last + 1);
      from = from == null || from.isBefore(after) ? after : from;
    }
    Set<Series> series = new HashSet<>();
    if (cells.size() + changed.size() > mostSeries) {
      Map<Series, Cell> all = new LinkedHashMap<>(cells);
      all.putAll(changed);
      all.entrySet().stream()
          .sorted(Comparator.comparingLong(entry -> entry.getValue().touched))
          .limit(Math.max(0, all.size() - mostSeries))
          .forEach(entry -> series.add(entry.getKey()));
    }
    return new Forgotten(keys, series, from);
  }

  /**
   * The counters of a cluster, as they are to be scraped now. A new one shows zero at first,
   * because {@code increase()} does not see what a series begins with.
   */
  public synchronized List<Counted> shown(String place, String cluster) {
    List<Counted> shown = new ArrayList<>();
    for (Series series : byCluster.getOrDefault(new Where(place, cluster), Set.of())) {
      Cell cell = cells.get(series);
      if (cell != null) {
        shown.add(new Counted(series, shown(cell)));
      }
    }
    return shown;
  }

  private long shown(Cell cell) {
    if (!cell.zeroIsDue) {
      return cell.value;
    }
    long now = nanoClock.getAsLong();
    if (cell.zeroShownAt == null) {
      cell.zeroShownAt = now;
    } else if (now - cell.zeroShownAt >= zeroFor.toNanos()) {
      cell.zeroIsDue = false;
      return cell.value;
    }
    return 0;
  }

  /** How many were told that happened before {@link #begin}, or before what is still known. */
  public synchronized long tooOld() {
    return tooOld;
  }

  @Override
  public void close() {
    store.ifPresent(TallyStore::close);
  }
}
