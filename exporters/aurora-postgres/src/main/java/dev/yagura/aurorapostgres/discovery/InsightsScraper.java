package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.budget.Budget;
import dev.yagura.aws.budget.Claim;
import dev.yagura.aws.budget.Importance;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsFailures;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.Pages;
import dev.yagura.aws.meter.Meter;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.core.scrape.UnsupportedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.pi.PiClient;
import software.amazon.awssdk.services.pi.model.DataPoint;
import software.amazon.awssdk.services.pi.model.MetricKeyDataPoints;
import software.amazon.awssdk.services.pi.model.MetricQuery;
import software.amazon.awssdk.services.pi.model.ServiceType;

/**
 * The load of each instance by what its sessions wait for and by statement, as Performance Insights
 * has sampled it: one request for each instance, two queries in it. Each request costs money, and
 * is claimed from the budget before. Instances that fail are counted and hide no other. Used by one
 * thread.
 */
final class InsightsScraper implements Scraper {
  static final String NAME = "aurora_performance_insights";

  private static final String ACTION = "pi:GetResourceMetrics";
  private static final String LOAD = "db.load.avg";
  private static final String WAIT = "db.wait_event";
  private static final String SQL = "db.sql_tokenized";
  private static final String OTHER = "other";

  /**
   * What the API answers where it does not look at the instance, or not any more, and to any other
   * argument that it does not take. Its documentation does not tell them apart, so the message has
   * to be about the instance or the feature, and is taken at its word for that one instance alone;
   * whatever else it says is a failure.
   */
  private static final String NOT_THERE = "InvalidArgumentException";

  private static final Pattern ABOUT_INSTANCE =
      Pattern.compile(
          "resource|identifier|performance insights|not enabled|not supported",
          Pattern.CASE_INSENSITIVE);

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** How long a minute takes to be complete. */
  private static final Duration DELAY = Duration.ofMinutes(1);

  private record Load(AuroraInstance instance, String type, String name, double sessions) {}

  private static final LabelSet<Load> OF_INSTANCE =
      LabelSet.<Load>of(InventoryFamilies.DB_CLUSTER, load -> load.instance().clusterId())
          .and(InventoryFamilies.DB_INSTANCE, load -> load.instance().id());

  private static final List<Family<Load>> BY_WAIT =
      Family.labelled(
          OF_INSTANCE.and("wait_event_type", Load::type).and("wait_event", Load::name),
          List.of(
              Family.gauge(
                  "aws_rds_wait_load_sessions",
                  "Sessions that were active at a time, on average over the last whole minute, by"
                      + " what they waited for, from db.load.avg by db.wait_event of"
                      + " GetResourceMetrics; all but the largest 25 are other.",
                  Load::sessions)));

  private static final List<Family<Load>> BY_SQL =
      Family.labelled(
          OF_INSTANCE.and("sql_id", Load::type).and("queryid", Load::name),
          List.of(
              Family.gauge(
                  "aws_rds_sql_load_sessions",
                  "Sessions that were active at a time, on average over the last whole minute, by"
                      + " what they ran, from db.load.avg by db.sql_tokenized of GetResourceMetrics;"
                      + " queryid is that of pg_stat_statements, and all but the largest are other.",
                  Load::sessions)));

  private static final List<Family<Integer>> FAILED =
      List.of(
          Family.gauge(
              "aws_rds_insights_failed_instances",
              "Instances whose load is not shown because GetResourceMetrics failed for them at the"
                  + " last look; where it failed for all, the scraper failed.",
              count -> count));

  static final List<Family<?>> FAMILIES = declared();

  private final PiClient pi;
  private final AwsPlace place;
  private final Aws aws;
  private final LastLook look;
  private final InsightsSettings settings;

  InsightsScraper(AwsPlace place, Aws aws, LastLook look, InsightsSettings settings) {
    this.pi = place.client(PiClient.builder());
    this.place = place;
    this.aws = aws;
    this.look = look;
    this.settings = settings;
  }

  private static List<Family<?>> declared() {
    List<Family<?>> all = new ArrayList<>(BY_WAIT);
    all.addAll(BY_SQL);
    all.addAll(FAILED);
    return List.copyOf(all);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return FAMILIES;
  }

  @Override
  public Snapshot scrape(Deadline deadline)
      throws ScrapeException, UnsupportedException, InterruptedException {
    List<AuroraInstance> enabled =
        look.get().instances().stream()
            .filter(instance -> Boolean.TRUE.equals(instance.performanceInsights()))
            .toList();
    Set<String> granted = claim(enabled);
    List<Snapshot> all = new ArrayList<>();
    boolean anyLacks = enabled.isEmpty();
    ScrapeException failure = null;
    int failed = 0;
    for (AuroraInstance instance : enabled) {
      if (granted.contains(instance.id())) {
        try {
          all.add(load(instance, deadline));
        } catch (UnsupportedException e) {
          anyLacks = true;
        } catch (ScrapeException e) {
          failure = e;
          failed++;
        }
      }
    }
    if (all.isEmpty() && failure != null) {
      throw failure;
    }
    if (all.isEmpty() && anyLacks) {
      throw new UnsupportedException("Performance Insights looks at no instance here");
    }
    return Snapshot.join(all).and(Snapshot.of(FAILED, failed));
  }

  private Set<String> claim(List<AuroraInstance> instances) {
    double price = aws.use().meter().prices().dollars("pi", "GetResourceMetrics");
    double dollars = price * Meter.MONTH.toSeconds() / settings.interval().toSeconds();
    return aws.budget()
        .claim(
            new Budget.Claimant(place.name(), NAME),
            instances.stream()
                .map(instance -> new Claim(instance.id(), Importance.EXTRA, dollars))
                .toList());
  }

  private Snapshot load(AuroraInstance instance, Deadline deadline)
      throws ScrapeException, UnsupportedException, InterruptedException {
    long period = PERIOD.toSeconds();
    long end =
        Math.floorDiv(aws.use().serverTime().instant().minus(DELAY).getEpochSecond(), period);
    List<MetricKeyDataPoints> metrics;
    try {
      metrics =
          Pages.all(
              ACTION,
              deadline,
              token ->
                  pi.getResourceMetrics(
                      request ->
                          request
                              .serviceType(ServiceType.RDS)
                              .identifier(instance.resourceId())
                              .metricQueries(
                                  by(WAIT, InsightsSettings.MOST), by(SQL, settings.topSql()))
                              .startTime(Instant.ofEpochSecond((end - 1) * period))
                              .endTime(Instant.ofEpochSecond(end * period))
                              .periodInSeconds((int) period)
                              .nextToken(token)),
              page -> page.metricList(),
              page -> page.nextToken());
    } catch (ScrapeException e) {
      if (e.getCause() instanceof AwsServiceException answer
          && AwsFailures.codeOf(answer).equals(NOT_THERE)
          && ABOUT_INSTANCE.matcher(answer.awsErrorDetails().errorMessage()).find()) {
        throw new UnsupportedException("Performance Insights does not look at " + instance.id());
      }
      throw e;
    }
    return Snapshot.of(BY_WAIT, loads(instance, metrics, WAIT, ".type", ".name"))
        .and(Snapshot.of(BY_SQL, loads(instance, metrics, SQL, ".id", ".db_id")));
  }

  private static MetricQuery by(String group, int limit) {
    return MetricQuery.builder().metric(LOAD).groupBy(by -> by.group(group).limit(limit)).build();
  }

  /** Those of one group, and what is left of the whole. */
  private static List<Load> loads(
      AuroraInstance instance,
      List<MetricKeyDataPoints> metrics,
      String group,
      String type,
      String name) {
    List<Load> loads = new ArrayList<>();
    Double whole = null;
    double shown = 0;
    for (MetricKeyDataPoints each : metrics) {
      Map<String, String> dimensions = each.key().dimensions();
      Double value =
          each.dataPoints().stream()
              .map(DataPoint::value)
              .filter(point -> point != null)
              .findFirst()
              .orElse(null);
      if (value == null) {
        continue;
      }
      if (dimensions.isEmpty()) {
        whole = value;
      } else if (dimensions.containsKey(group + name) || dimensions.containsKey(group + type)) {
        shown += value;
        loads.add(
            new Load(
                instance,
                dimensions.getOrDefault(group + type, ""),
                dimensions.getOrDefault(group + name, ""),
                value));
      }
    }
    if (whole != null) {
      loads.add(new Load(instance, OTHER, OTHER, Math.max(0, whole - shown)));
    }
    return loads;
  }
}
