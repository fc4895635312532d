package dev.yagura.aws.cloudwatch;

import dev.yagura.aws.cloudwatch.Unit.Reading;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What there is to ask of one set: the resources that are known, and each one's metrics. */
final class Units {
  /**
   * How often resources are looked for; a new one takes CloudWatch a quarter of an hour as well.
   */
  static final Duration LISTED_EVERY = Duration.ofMinutes(30);

  private static final int STATISTICS_OF_ONE_PRICE = 5;

  private record Key(ResourceKind kind, Resource resource, String metric) {}

  private final MetricSet set;
  private final String place;
  private final Listing listing;
  private final CounterStore store;
  private final Periods periods;

  private Map<Key, Unit> units = Map.of();

  /** By the metric's name: what the listing under way found so far. */
  private final Map<String, Map<ResourceKind, SortedSet<Resource>>> found = new HashMap<>();

  private @Nullable Instant nextListing;
  private @Nullable ScrapeException failure;
  private int failedListings;
  private boolean known;
  private volatile int omitted;
  private long origin;

  Units(MetricSet set, String place, Listing listing, CounterStore store, Periods periods) {
    this.set = set;
    this.place = place;
    this.listing = listing;
    this.store = store;
    this.periods = periods;
  }

  /**
   * Looks for resources, if it is time to.
   *
   * @param clock that AWS would agree with, at least once it has answered
   * @throws ScrapeException if not all of them could be found; what was known is still known
   */
  void list(Clock clock, Deadline deadline) throws ScrapeException, InterruptedException {
    Instant now = clock.instant();
    if (nextListing != null && now.isBefore(nextListing)) {
      if (failure != null) {
        throw failure; // It is not looked for again yet, but all is not well.
      }
      return;
    }
    try {
      find(deadline);
      failure = null;
    } catch (ScrapeException e) {
      failure = e;
      failedListings++;
      nextListing = clock.instant().plus(retry());
      throw e;
    }
    if (origin == 0) {
      origin = periods.newestEnd(clock.instant());
    }
    units = wanted();
    found.clear();
    failedListings = 0;
    known = true;
    nextListing = clock.instant().plus(LISTED_EVERY);
  }

  private Duration retry() {
    Duration wait = Schedule.retry(failedListings);
    return wait.compareTo(LISTED_EVERY) < 0 ? wait : LISTED_EVERY;
  }

  /** Looks for each metric; what was found before a failure is not looked for again after it. */
  private void find(Deadline deadline) throws ScrapeException, InterruptedException {
    for (ResourceKind kind : set.kinds()) {
      for (MetricSpec spec : kind.metrics()) {
        String metric = spec.metric();
        if (!spec.sparse() && !found.containsKey(metric)) {
          found.put(metric, listing.resources(set, metric, deadline));
        }
        if (first(kind).equals(metric) && having(metric, kind).isEmpty()) {
          break; // Who does not have the first one does not exist.
        }
      }
    }
  }

  private static String first(ResourceKind kind) {
    return kind.metrics().get(0).metric();
  }

  private SortedSet<Resource> having(String metric, ResourceKind kind) {
    return found.getOrDefault(metric, Map.of()).getOrDefault(kind, new TreeSet<>());
  }

  private Map<Key, Unit> wanted() throws ScrapeException {
    Map<Key, Unit> fresh = new LinkedHashMap<>();
    int left = 0;
    for (ResourceKind kind : set.kinds()) {
      SortedSet<Resource> all = new TreeSet<>();
      kind.byMetric().keySet().forEach(metric -> all.addAll(having(metric, kind)));
      Set<Resource> asked =
          all.stream().limit(set.maxResources()).collect(Collectors.toUnmodifiableSet());
      left += all.size() - asked.size();
      for (Map.Entry<String, List<MetricSpec>> metric : kind.byMetric().entrySet()) {
        boolean sparse = metric.getValue().get(0).sparse();
        for (Resource resource : having(sparse ? first(kind) : metric.getKey(), kind)) {
          if (asked.contains(resource)) {
            Key key = new Key(kind, resource, metric.getKey());
            Unit old = units.get(key);
            fresh.put(key, old != null ? old : made(kind, resource, metric.getValue()));
          }
        }
      }
    }
    omitted = left;
    return fresh;
  }

  /** How many resources are not asked for, as there are too many. */
  int omitted() {
    return omitted;
  }

  private Unit made(ResourceKind kind, Resource resource, List<MetricSpec> specs)
      throws ScrapeException {
    Unit unit = new Unit(kind, resource, specs.get(0).metric(), specs);
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).isCounter()) {
        Optional<SumCounter> saved = store.load(series(resource, specs.get(i)));
        // What the first listing finds begins to count now, and so at 0 by itself.
        unit.countOn(i, counter(saved), saved.isEmpty() && known);
      }
    }
    return unit;
  }

  private SumCounter counter(Optional<SumCounter> saved) {
    SumCounter counter = saved.orElseGet(() -> new SumCounter(periods.seconds(), origin));
    return counter.seconds() == periods.seconds() ? counter : counter.inPeriodsOf(periods);
  }

  private String series(Resource resource, MetricSpec spec) {
    var text = new StringBuilder(place);
    text.append(' ')
        .append(set.name())
        .append(' ')
        .append(set.namespace())
        .append(' ')
        .append(spec.metric());
    text.append(' ').append(spec.statistic()).append(' ').append(spec.family());
    resource
        .dimensions()
        .forEach(
            (name, value) ->
                text.append(' ')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }

  Collection<Unit> all() {
    return units.values();
  }

  /** How many billed metrics there are, by their name. */
  Map<String, Integer> countByMetric() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Unit unit : units.values()) {
      int billed = (unit.specs().size() + STATISTICS_OF_ONE_PRICE - 1) / STATISTICS_OF_ONE_PRICE;
      counts.merge(unit.metric(), billed, Integer::sum);
    }
    return counts;
  }

  /** The counters of these units, by series. */
  Map<String, SumCounter> counters(List<Unit> some) {
    Map<String, SumCounter> counters = new HashMap<>();
    for (Unit unit : some) {
      for (int i = 0; i < unit.specs().size(); i++) {
        SumCounter counter = unit.counter(i);
        if (counter != null) {
          counters.put(series(unit.resource(), unit.specs().get(i)), counter);
        }
      }
    }
    return counters;
  }

  /** A row a resource of this kind, with what these units read. */
  List<Shown.Row> rows(ResourceKind kind, List<Unit> some) {
    Map<Resource, List<@Nullable Reading>> byResource = new TreeMap<>();
    for (Unit unit : some) {
      if (!unit.kind().equals(kind)) {
        continue;
      }
      List<@Nullable Reading> readings =
          byResource.computeIfAbsent(unit.resource(), resource -> nothing(kind.metrics().size()));
      for (int i = 0; i < unit.specs().size(); i++) {
        readings.set(kind.metrics().indexOf(unit.specs().get(i)), unit.reading(i));
      }
    }
    List<Shown.Row> rows = new ArrayList<>();
    byResource.forEach((resource, readings) -> rows.add(new Shown.Row(resource, readings)));
    return rows;
  }

  private static List<@Nullable Reading> nothing(int size) {
    List<@Nullable Reading> nothing = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      nothing.add(null);
    }
    return nothing;
  }
}
