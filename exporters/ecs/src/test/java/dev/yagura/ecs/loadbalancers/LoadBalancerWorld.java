package dev.yagura.ecs.loadbalancers;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Glob;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Polled;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.RunReport.ScraperReport;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.ElbDouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The load balancers of a place before an AWS whose time passes only when it is told to, or while a
 * call waits for its turn.
 */
public final class LoadBalancerWorld implements AutoCloseable {
  /** When it begins. */
  public static final Instant START = Instant.parse("2026-11-25T00:03:21Z");

  private static final String REGION = "ap-northeast-1";
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(9), Duration.ofSeconds(2), Duration.ofSeconds(2), 1);

  public final FakeClock clock;
  public final AwsDouble aws;
  private final Aws plane;
  private final LoadBalancerReaders readers;
  private final PolledTarget polled;
  private final TargetGroup targets;

  private LoadBalancerWorld(
      FakeClock clock,
      List<Glob> names,
      boolean withTags,
      Function<LatestLoadBalancing, List<Scraper>> more) {
    this.clock = clock;
    aws = AwsDouble.start(clock);
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    plane = new Aws(settings(aws), SHORT, AwsUse.fresh(clock, clock, clock::advance));
    readers =
        new LoadBalancerReaders(plane.places().get(0), names, withTags, plane.use().serverTime());
    LoadBalancersScraper loadBalancers = readers.loadBalancers();
    TargetHealthScraper health = readers.targetHealth();
    List<Polled> all = new ArrayList<>();
    all.add(
        new Polled(
            loadBalancers,
            loadBalancers.schedule(),
            LoadBalancerReaders.MAX_AGE,
            LoadBalancerReaders.PATIENCE,
            clock));
    all.add(
        new Polled(
            health,
            health.schedule(),
            LoadBalancerReaders.MAX_AGE,
            LoadBalancerReaders.PATIENCE,
            clock));
    for (Scraper scraper : more.apply(readers.latest())) {
      all.add(
          new Polled(
              scraper,
              failures -> Duration.ofSeconds(30),
              Duration.ofMinutes(2),
              Duration.ofSeconds(10),
              clock));
    }
    polled =
        new PolledTarget(
            "place",
            ConstantLabels.none(),
            all,
            report -> loadBalancers.shown().and(health.shown()));
    targets = new TargetGroup("ecs", List.of(polled), clock, clock);
  }

  private static AwsSettings settings(AwsDouble aws) {
    String text =
        "endpoint_url: \"%s\"\naccounts: [{name: prod, regions: [%s]}]"
            .formatted(aws.endpoint(), REGION);
    try {
      return ConfigFile.parse("test.yml", text, Map.of(), AwsSettings::read);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Of load balancers with names like these; of all without any. */
  static LoadBalancerWorld of(String... names) {
    List<Glob> globs = Stream.of(names).map(Glob::new).toList();
    return new LoadBalancerWorld(FakeClock.at(START), globs, false, latest -> List.of());
  }

  /** Of all load balancers with their tags. */
  static LoadBalancerWorld withTags() {
    return new LoadBalancerWorld(FakeClock.at(START), List.of(), true, latest -> List.of());
  }

  /** Of all load balancers with their tags, and what is joined with them twice a minute. */
  public static LoadBalancerWorld with(
      FakeClock clock, Function<LatestLoadBalancing, Scraper> joined) {
    return new LoadBalancerWorld(clock, List.of(), true, latest -> List.of(joined.apply(latest)));
  }

  public ElbDouble elb() {
    return aws.account().elb(REGION);
  }

  /** Asks what is due until this much time has passed; a refresh may end later. */
  public LoadBalancerWorld pass(Duration time) {
    Instant end = clock.instant().plus(time);
    try {
      do {
        Duration next = polled.refreshDue();
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative()) {
          return this;
        }
        clock.advance(next.compareTo(left) < 0 ? next : left);
      } while (clock.instant().isBefore(end));
      return this;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those that are asked, for one who asks them by hand. */
  LoadBalancerReaders readers() {
    return readers;
  }

  public String text() {
    return Expositions.render(
        targets.scrape(
            Optional.empty(),
            Selection.all(),
            Deadline.after(Duration.ofSeconds(5), System::nanoTime)));
  }

  public ParsedExposition scrape() {
    return Expositions.parse(text());
  }

  /** What a person is told of a scraper; empty if it goes well. */
  public String message(String scraper) {
    return polled.report().orElseThrow().scrapers().stream()
        .filter(report -> report.scraper().equals(scraper))
        .map(ScraperReport::message)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    targets.close();
    plane.close();
    aws.close();
  }
}
