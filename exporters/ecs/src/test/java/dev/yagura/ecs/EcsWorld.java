package dev.yagura.ecs;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Selection;
import dev.yagura.ecs.tally.Tally;
import dev.yagura.state.StateException;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.Ec2Double;
import dev.yagura.testing.aws.EcsClusterDouble;
import dev.yagura.testing.aws.EcsDouble;
import dev.yagura.testing.aws.ElbDouble;
import dev.yagura.testing.aws.SqsDouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exporter as a user configures it, before an AWS whose time passes only when it is told to; it
 * asks when it is due, in the test's thread.
 */
public final class EcsWorld implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-25T03:00:07Z");
  public static final String REGION = "ap-northeast-1";
  public static final String PLACE = "prod/" + REGION;

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int SCRAPE_SECONDS = 15;
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(9), Duration.ofSeconds(2), Duration.ofSeconds(2), 1);

  public final FakeClock clock = FakeClock.at(START);
  public final AwsDouble aws = AwsDouble.start(clock);
  private final String section;
  private final List<String> regions;
  private Duration behind = Duration.ZERO;
  private final EcsMemory memory = new EcsMemory();
  private @Nullable Aws plane;
  private @Nullable EcsExporter exporter;

  /** With this section {@code ecs}, in one region. */
  public EcsWorld(String section) {
    this(section, REGION);
  }

  /** With this section {@code ecs}, in these regions. */
  public EcsWorld(String section, String... regions) {
    this.regions = List.of(regions);
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    this.section = section;
  }

  /** The exporter's machine is this much behind AWS, which tells its time. */
  public EcsWorld behind(Duration by) {
    behind = by;
    aws.sendDates();
    return this;
  }

  public EcsDouble ecs() {
    return aws.account().ecs(REGION);
  }

  public EcsClusterDouble cluster(String name) {
    return ecs().cluster(name);
  }

  public ElbDouble elb() {
    return aws.account().elb(REGION);
  }

  public Ec2Double ec2() {
    return aws.account().ec2(REGION);
  }

  public SqsDouble sqs() {
    return aws.account().sqs(REGION);
  }

  /** Starts the exporter in a new process, or starts it again after an end. */
  public EcsWorld start() {
    return start(new EcsMemory());
  }

  /** Loads the configuration again. */
  public EcsWorld reload() {
    return start(memory);
  }

  private EcsWorld start(EcsMemory remembered) {
    stop();
    AwsUse use = AwsUse.fresh(Clock.offset(clock, behind.negated()), clock, clock::advance);
    try {
      Settings settings = settings();
      var made = new Aws(settings.aws(), SHORT, use);
      Tally tally = EcsExporter.tally(settings.ecs(), remembered, made);
      plane = made;
      exporter = new EcsExporter(settings.ecs(), made, tally, remembered, clock, clock);
      return this;
    } catch (ConfigException | StateException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private record Settings(AwsSettings aws, EcsConfig ecs) {}

  private Settings settings() throws ConfigException {
    String text =
        "aws: {endpoint_url: \"%s\", accounts: [{name: prod, regions: %s}]}\necs: {%s}\n"
            .formatted(aws.endpoint(), regions, section);
    return ConfigFile.parse(
        "test.yml",
        text,
        Map.of(),
        root -> {
          AwsSettings settings = root.section("aws", AwsSettings::read).orElseThrow();
          return new Settings(
              settings,
              root.section("ecs", each -> EcsConfig.read(each, Map.of(), settings)).orElseThrow());
        });
  }

  public EcsExporter exporter() {
    if (exporter == null) {
      throw new IllegalStateException("it is not started");
    }
    return exporter;
  }

  /** Ends the exporter. */
  public void stop() {
    if (exporter != null) {
      exporter.close();
      exporter = null;
    }
    if (plane != null) {
      plane.close();
      plane = null;
    }
  }

  /** Asks what is due now. */
  public EcsWorld poll() {
    try {
      for (PolledTarget target : exporter().polled()) {
        target.refreshDue();
      }
      // Clusters that were found now.
      for (PolledTarget target : exporter().polled()) {
        target.refreshDue();
      }
      return this;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets this much time pass; it asks when it is due, and is scraped as Prometheus does. */
  public EcsWorld pass(Duration time) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      clock.advance(STEP);
      poll();
      if (clock.instant().getEpochSecond() % SCRAPE_SECONDS < STEP.toSeconds()) {
        String unused = text();
      }
    }
    return this;
  }

  /** What Prometheus would get now, but for how the exporter itself is. */
  public String text() {
    return Expositions.render(
        exporter()
            .scrape(
                Optional.empty(),
                Selection.all(),
                Deadline.after(Duration.ofSeconds(5), System::nanoTime)));
  }

  public ParsedExposition scrape() {
    return Expositions.parse(text());
  }

  @Override
  public void close() {
    stop();
    aws.close();
  }
}
