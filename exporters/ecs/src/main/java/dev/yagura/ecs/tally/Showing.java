package dev.yagura.ecs.tally;

import dev.yagura.ecs.tally.Tally.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a scrape sees: it waits neither for a disk nor for anybody who counts. A new counter shows
 * zero at first, because {@code increase()} does not see what a series begins with. For any thread.
 */
final class Showing {
  private static final class Shown {
    private long value;
    private boolean zeroIsDue;
    private @Nullable Long zeroSince;
  }

  private final Duration zeroFor;
  private final LongSupplier nanoClock;
  // Guarded by this.
  private final Map<Where, Map<Series, Shown>> all = new HashMap<>();

  /**
   * Shows nothing.
   *
   * @param zeroFor how long a new counter shows zero, from when it is first shown
   */
  Showing(Duration zeroFor, LongSupplier nanoClock) {
    this.zeroFor = zeroFor;
    this.nanoClock = nanoClock;
  }

  /** These were shown before, by another process perhaps; one that is shown already stays so. */
  synchronized void known(Map<Where, Map<Series, Counter>> counters) {
    counters.forEach((where, its) -> its.forEach((series, c) -> put(where, series, c, false)));
  }

  /** These changed. */
  synchronized void changed(Change change) {
    change.counters().forEach((series, counter) -> put(change.where(), series, counter, true));
    change.oldSeries().forEach((where, old) -> of(where).keySet().removeAll(old));
  }

  private Map<Series, Shown> of(Where where) {
    return all.computeIfAbsent(where, made -> new LinkedHashMap<>());
  }

  private void put(Where where, Series series, Counter counter, boolean isNew) {
    Shown shown = of(where).get(series);
    if (shown == null) {
      shown = new Shown();
      shown.zeroIsDue = isNew;
      of(where).put(series, shown);
    }
    shown.value = counter.value();
  }

  synchronized List<Counted> of(String place, String cluster) {
    List<Counted> counted = new ArrayList<>();
    all.getOrDefault(new Where(place, cluster), Map.of())
        .forEach((series, shown) -> counted.add(new Counted(series, value(shown))));
    return counted;
  }

  private long value(Shown shown) {
    if (!shown.zeroIsDue) {
      return shown.value;
    }
    long now = nanoClock.getAsLong();
    if (shown.zeroSince == null) {
      shown.zeroSince = now;
    } else if (now - shown.zeroSince >= zeroFor.toNanos()) {
      shown.zeroIsDue = false;
      return shown.value;
    }
    return 0;
  }
}
