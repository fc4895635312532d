package dev.yagura.aws.cloudwatch;

import dev.yagura.aws.budget.Budget;
import dev.yagura.aws.budget.Budget.Claimant;
import dev.yagura.aws.budget.Claim;
import dev.yagura.aws.budget.Importance;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.meter.Meter;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.Schedule;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * One set of metrics in one account and region. It is run in the background, asks what is due, and
 * holds what was read: {@link #shown} tells it, each value with its own age.
 */
public final class SetPoller implements Scraper {
  /** How long CloudWatch may still change a period. */
  static final Duration CORRECTIONS = Duration.ofHours(2);

  /** How often all periods are read again that CloudWatch may still change. */
  static final Duration READ_AGAIN = Duration.ofMinutes(30);

  /** How far back one asks for what was missed, as after a restart. */
  static final Duration CATCH_UP = Duration.ofDays(3);

  private static final Duration SPARE = Duration.ofMinutes(1);

  private record Ages(String scraper, String metric, long seconds) {}

  private record Asked(String scraper, int units, int omitted) {}

  private static final List<Family<Ages>> AGES =
      List.of(
          Family.<Ages>gauge(
                  "yagura_cloudwatch_value_age_seconds",
                  "Time since the end of the period that the oldest shown value of a metric is"
                      + " about, in seconds.",
                  Ages::seconds)
              .labels(LabelSet.<Ages>of("scraper", Ages::scraper).and("metric", Ages::metric)));

  private static final List<Family<Asked>> ASKED =
      Family.labelled(
          LabelSet.of("scraper", Asked::scraper),
          List.of(
              Family.gauge(
                  "yagura_cloudwatch_billed_metrics",
                  "Metrics of resources that are asked of CloudWatch at each interval, each billed"
                      + " once with its statistics.",
                  Asked::units),
              Family.gauge(
                  "yagura_cloudwatch_omitted_resources",
                  "Resources that are not asked for, because there are more of their kind than"
                      + " max_resources.",
                  Asked::omitted)));

  private final MetricSet set;
  private final Claimant claimant;
  private final Budget budget;
  private final double price;
  private final Clock clock;
  private final Periods periods;
  private final List<Shown> kinds;
  private final Units units;
  private final Answers answers;
  private final CounterStore store;

  private volatile View view = new View(List.of(), 0);

  /** What is shown; replaced as a whole, after the counters were saved. */
  private record View(List<List<Shown.Row>> rows, int asked) {}

  /**
   * A set that was never asked.
   *
   * @param clock that AWS would agree with
   */
  public SetPoller(
      MetricSet set, AwsPlace place, Budget budget, Meter meter, CounterStore store, Clock clock) {
    this.set = set;
    this.claimant = new Claimant(place.name(), set.name());
    this.budget = budget;
    this.price = meter.prices().dollars("cloudwatch", "GetMetricData");
    this.clock = clock;
    this.store = store;
    this.periods = new Periods(set.interval().toSeconds(), set.publicationDelay());
    this.kinds = set.kinds().stream().map(kind -> new Shown(set, kind)).toList();
    CloudWatchClient client = place.client(CloudWatchClient.builder());
    this.units = new Units(set, place.name(), new Listing(client), store, periods);
    this.answers = new Answers(client, set.namespace(), periods.seconds());
  }

  @Override
  public String name() {
    return set.name();
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    kinds.forEach(kind -> all.addAll(kind.families()));
    all.addAll(AGES);
    all.addAll(ASKED);
    return all;
  }

  /** When CloudWatch has a new period. */
  public Schedule schedule() {
    return failures -> {
      Duration next = periods.untilNext(clock.instant());
      Duration retry = Schedule.retry(failures);
      return failures == 0 || next.compareTo(retry) < 0 ? next : retry;
    };
  }

  /**
   * Asks for what is due.
   *
   * @return nothing: {@link #shown} tells, also what was read when something else failed
   */
  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    var failures = new Failures();
    try {
      units.list(clock, deadline);
    } catch (ScrapeException e) {
      failures.add(e); // What was listed before is still asked.
    }
    long end = periods.newestEnd(clock.instant());
    Set<String> granted = budget.claim(claimant, claims());
    List<Unit> wanted =
        units.all().stream().filter(unit -> granted.contains(query(unit.metric()))).toList();
    ask(wanted, end, failures, deadline);
    try {
      store.save(units.counters(wanted));
      wanted.forEach(Unit::publish);
    } catch (ScrapeException e) {
      failures.add(e); // Counters stay as they were saved; the rest goes on.
    }
    show(wanted);
    failures.throwFirst();
    return Snapshot.empty();
  }

  private void ask(List<Unit> wanted, long end, Failures failures, Deadline deadline)
      throws InterruptedException {
    boolean again = Math.floorMod(end, READ_AGAIN.toSeconds()) < periods.seconds();
    // What is not read again is not settled either.
    long horizon = again ? periods.alignDown(end - CORRECTIONS.toSeconds()) : 0;
    long earliest = periods.alignDown(end - CATCH_UP.toSeconds());
    // As many periods as may be shown of a gauge, and as are mostly corrected.
    long otherwise = periods.alignDown(end - maxAge());
    List<Unit> due = wanted.stream().filter(unit -> unit.until() < end).toList();
    due.forEach(unit -> unit.forgetBefore(earliest));
    for (Requests.Call call : Requests.pack(due, otherwise, again, end, periods.seconds())) {
      try {
        answers.ask(call, horizon, deadline).ifPresent(failures::add);
      } catch (ScrapeException e) {
        failures.add(e);
        if (e.reason() != FailureReason.INVALID) {
          return; // The other calls would fail in the same way.
        }
      }
    }
  }

  private List<Claim> claims() {
    double perMonth = (double) Meter.MONTH.toSeconds() / periods.seconds() * price;
    List<Claim> claims = new ArrayList<>();
    units
        .countByMetric()
        .forEach(
            (metric, count) ->
                claims.add(new Claim(query(metric), importance(metric), count * perMonth)));
    return claims;
  }

  private String query(String metric) {
    return set.namespace() + " " + metric;
  }

  private Importance importance(String metric) {
    return set.kinds().stream()
        .flatMap(kind -> kind.metrics().stream())
        .filter(spec -> spec.metric().equals(metric))
        .map(MetricSpec::importance)
        .min(Importance::compareTo)
        .orElse(Importance.EXTRA);
  }

  private void show(List<Unit> wanted) {
    List<List<Shown.Row>> rows = new ArrayList<>();
    for (Shown kind : kinds) {
      rows.add(units.rows(kind.kind(), wanted));
    }
    view = new View(List.copyOf(rows), wanted.size());
  }

  private long maxAge() {
    long slowest =
        set.kinds().stream().mapToLong(kind -> kind.published().toSeconds()).max().orElse(0);
    return maxAge(Math.max(slowest, periods.seconds()));
  }

  private long maxAge(long period) {
    return 2 * period + set.publicationDelay().plus(SPARE).toSeconds();
  }

  private long maxAge(ResourceKind kind) {
    return maxAge(Math.max(kind.published().toSeconds(), periods.seconds()));
  }

  /** What was read, but for what is too old by now. */
  public Snapshot shown() {
    View now = view;
    long seconds = clock.instant().getEpochSecond();
    List<Snapshot> all = new ArrayList<>();
    List<Ages> ages = new ArrayList<>();
    for (int i = 0; i < now.rows().size(); i++) {
      List<Shown.Row> rows = now.rows().get(i);
      long maxAge = maxAge(kinds.get(i).kind());
      all.add(kinds.get(i).at(rows, seconds, maxAge));
      kinds
          .get(i)
          .ages(rows, seconds, maxAge)
          .forEach((metric, age) -> ages.add(new Ages(name(), metric, age)));
    }
    all.add(Snapshot.of(AGES, ages));
    all.add(Snapshot.of(ASKED, new Asked(name(), now.asked(), units.omitted())));
    return Snapshot.join(all);
  }
}
