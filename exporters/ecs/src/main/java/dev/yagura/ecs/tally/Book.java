package dev.yagura.ecs.tally;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was counted, and the keys by which it is known again. For one thread at a time. */
final class Book {
  /** Counters that counted nothing for so long are of services that are no more, mostly. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** What is known of one cluster. */
  static final class Page {
    private final Map<Key, Long> keys = new HashMap<>();
    private final Map<Series, Counter> counters = new LinkedHashMap<>();
    private @Nullable Instant since;
  }

  private record Aged(Where where, Key key, long at) {}

  private record Touched(Where where, Series series, long at) {}

  private final int mostKeys;
  private final int mostSeries;
  private final Map<Where, Page> pages = new HashMap<>();

  Book(int mostKeys, int mostSeries) {
    this.mostKeys = mostKeys;
    this.mostSeries = mostSeries;
  }

  private Page page(Where where) {
    return pages.computeIfAbsent(where, made -> new Page());
  }

  void put(Where where, Key key, long at) {
    page(where).keys.put(key, at);
  }

  void put(Where where, Series series, Counter counter) {
    page(where).counters.put(series, counter);
  }

  void since(Where where, Instant since) {
    page(where).since = since;
  }

  @Nullable Instant since(Where where) {
    return page(where).since;
  }

  boolean knows(Where where, String key) {
    return page(where).keys.containsKey(Key.of(key));
  }

  /** All counters. */
  Map<Where, Map<Series, Counter>> counters() {
    Map<Where, Map<Series, Counter>> all = new HashMap<>();
    pages.forEach((where, page) -> all.put(where, Map.copyOf(page.counters)));
    return all;
  }

  /** What it would be to count these in a cluster; nothing is counted yet. */
  Change change(Where where, List<Occurrence> told) {
    Page page = page(where);
    Map<Key, Long> keys = new LinkedHashMap<>();
    Map<Series, Counter> counters = new LinkedHashMap<>();
    Set<String> counted = new HashSet<>();
    long tooOld = 0;
    for (Occurrence each : told) {
      Key key = Key.of(each.key());
      if (page.keys.containsKey(key) || keys.containsKey(key)) {
        continue;
      }
      if (page.since != null && each.at().isBefore(page.since)) {
        tooOld++;
        continue;
      }
      long at = each.at().getEpochSecond();
      keys.put(key, at);
      counted.add(each.key());
      for (Series series : each.counts()) {
        Counter before = page.counters.getOrDefault(series, Counter.NONE);
        counters.merge(series, before.plusOne(at), (now, first) -> now.plusOne(at));
      }
    }
    Map<Where, Instant> since = new HashMap<>();
    Map<Where, Set<Key>> oldKeys = oldKeys(where, keys, since);
    return new Change(
        where, keys, counters, since, oldKeys, oldSeries(where, counters), counted, tooOld);
  }

  /** The oldest keys that there is no more room for, a tenth at a time, and what follows. */
  private Map<Where, Set<Key>> oldKeys(
      Where where, Map<Key, Long> fresh, Map<Where, Instant> since) {
    Map<Where, Set<Key>> old = new HashMap<>();
    int all = fresh.size() + pages.values().stream().mapToInt(page -> page.keys.size()).sum();
    if (all <= mostKeys) {
      return old;
    }
    List<Aged> aged = new ArrayList<>(all);
    fresh.forEach((key, at) -> aged.add(new Aged(where, key, at)));
    pages.forEach((its, page) -> page.keys.forEach((key, at) -> aged.add(new Aged(its, key, at))));
    aged.sort(Comparator.comparingLong(Aged::at));
    long last = aged.get(all - mostKeys + mostKeys / 10 - 1).at();
    for (Aged each : aged) {
      if (each.at() > last) {
        break;
      }
      old.computeIfAbsent(each.where(), made -> new HashSet<>()).add(each.key());
    }
    for (Where each : old.keySet()) {
      Instant before = page(each).since;
      Instant after = Instant.ofEpochSecond(last + 1);
      since.put(each, before == null || before.isBefore(after) ? after : before);
    }
    return old;
  }

  private Map<Where, List<Series>> oldSeries(Where where, Map<Series, Counter> changed) {
    Map<Where, List<Series>> old = new HashMap<>();
    if (changed.isEmpty()) {
      return old;
    }
    List<Touched> all = new ArrayList<>();
    pages.forEach(
        (its, page) ->
            page.counters.forEach(
                (series, counter) -> {
                  if (!its.equals(where) || !changed.containsKey(series)) {
                    all.add(new Touched(its, series, counter.touched()));
                  }
                }));
    long newest = changed.values().stream().mapToLong(Counter::touched).max().orElse(0);
    all.sort(Comparator.comparingLong(Touched::at));
    int tooMany = all.size() + changed.size() - mostSeries;
    for (int i = 0; i < all.size(); i++) {
      Touched each = all.get(i);
      if (i < tooMany || each.at() < newest - KEPT.toSeconds()) {
        old.computeIfAbsent(each.where(), made -> new ArrayList<>()).add(each.series());
      }
    }
    return old;
  }

  void apply(Change change) {
    Page page = page(change.where());
    page.keys.putAll(change.keys());
    page.counters.putAll(change.counters());
    change.since().forEach(this::since);
    change.oldKeys().forEach((where, keys) -> page(where).keys.keySet().removeAll(keys));
    change.oldSeries().forEach((where, all) -> page(where).counters.keySet().removeAll(all));
  }
}
