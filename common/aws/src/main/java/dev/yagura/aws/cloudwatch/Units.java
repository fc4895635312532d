package dev.yagura.aws.cloudwatch;

import dev.yagura.aws.cloudwatch.Unit.Reading;
import dev.yagura.core.scrape.Deadline;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private @Nullable Instant listed;
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
    if (listed != null && now.isBefore(listed.plus(LISTED_EVERY))) {
      return;
    }
    Map<String, Map<ResourceKind, SortedSet<Resource>>> found = find(deadline);
    if (origin == 0) {
      origin = periods.newestEnd(clock.instant());
    }
    Map<Key, Unit> fresh = new LinkedHashMap<>();
    for (ResourceKind kind : set.kinds()) {
      for (Map.Entry<String, List<MetricSpec>> metric : kind.byMetric().entrySet()) {
        for (Resource resource : having(found, metric.getKey(), kind)) {
          Key key = new Key(kind, resource, metric.getKey());
          Unit known = units.get(key);
          fresh.put(key, known != null ? known : made(resource, metric.getValue()));
        }
      }
    }
    units = fresh;
    listed = clock.instant();
  }

  /** The resources of each kind that have a metric, by the metric's name. */
  private Map<String, Map<ResourceKind, SortedSet<Resource>>> find(Deadline deadline)
      throws ScrapeException, InterruptedException {
    Map<String, Map<ResourceKind, SortedSet<Resource>>> found = new HashMap<>();
    for (ResourceKind kind : set.kinds()) {
      for (String metric : kind.byMetric().keySet()) {
        if (!found.containsKey(metric)) {
          found.put(metric, listing.resources(set, metric, deadline));
        }
        boolean first = metric.equals(kind.metrics().get(0).metric());
        if (first && having(found, metric, kind).isEmpty()) {
          break; // Who does not have the first one does not exist.
        }
      }
    }
    return found;
  }

  private static SortedSet<Resource> having(
      Map<String, Map<ResourceKind, SortedSet<Resource>>> found, String metric, ResourceKind kind) {
    return found.getOrDefault(metric, Map.of()).getOrDefault(kind, new TreeSet<>());
  }

  private Unit made(Resource resource, List<MetricSpec> specs) throws ScrapeException {
    Unit unit = new Unit(resource, specs.get(0).metric(), specs);
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).isCounter()) {
        unit.countOn(i, counter(series(resource, specs.get(i))));
      }
    }
    return unit;
  }

  private SumCounter counter(String series) throws ScrapeException {
    SumCounter counter =
        store.load(series).orElseGet(() -> new SumCounter(periods.seconds(), origin));
    return counter.seconds() == periods.seconds() ? counter : counter.inPeriodsOf(periods);
  }

  private String series(Resource resource, MetricSpec spec) {
    var text = new StringBuilder(place);
    text.append(' ').append(set.namespace()).append(' ').append(spec.metric());
    text.append(' ').append(spec.statistic());
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
      if (!kind.dimensions().keySet().equals(unit.resource().dimensions().keySet())) {
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
