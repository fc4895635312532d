package dev.yagura.cloudwatch;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.aws.cloudwatch.CounterStore;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Selection;
import dev.yagura.state.StateException;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.CloudWatchDouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exporter as a user configures it, before an AWS whose time passes only when it is told to; it
 * asks when it is due, in the test's thread.
 */
final class World implements AutoCloseable {
  /** Not on any boundary. */
  static final Instant START = Instant.parse("2026-11-25T00:03:21Z");

  static final String REGION = "ap-northeast-1";
  static final String PLACE = "prod/" + REGION;

  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(9), Duration.ofSeconds(2), Duration.ofSeconds(2), 1);

  final FakeClock clock = FakeClock.at(START);
  private FakeClock machine = clock;
  private Duration jumped = Duration.ZERO;
  final AwsDouble aws = AwsDouble.start(clock);
  private final String section;
  private @Nullable Aws plane;
  private @Nullable CloudWatchExporter exporter;

  /** With this section {@code aws}, but for its endpoint. */
  World(String section) {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    this.section = section;
  }

  /** One account in one region, and these keys of its section. */
  static World of(String... cloudWatch) {
    return new World(
        "accounts: [{name: prod, regions: [%s]}]\ncloudwatch: {%s}\n"
            .formatted(REGION, String.join(", ", cloudWatch)));
  }

  /** The exporter's machine is this much behind AWS. */
  World behind(Duration by) {
    machine = FakeClock.at(START.minus(by));
    return this;
  }

  /** Sets the wall clock of the exporter's machine; its steady clock goes on. */
  void set(Duration ahead) {
    jumped = ahead;
  }

  private Clock wall() {
    return new Clock() {
      @Override
      public Instant instant() {
        return machine.instant().plus(jumped);
      }

      @Override
      public ZoneId getZone() {
        return machine.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** Lets time pass for AWS and the exporter's machine. */
  void advance(Duration by) {
    clock.advance(by);
    if (!machine.equals(clock)) {
      machine.advance(by);
    }
  }

  CloudWatchDouble cloudWatch() {
    return cloudWatch(REGION);
  }

  CloudWatchDouble cloudWatch(String region) {
    return aws.account().cloudWatch(region);
  }

  /** Starts the exporter, or starts it again after an end. */
  World start() throws StateException {
    stop();
    String text = "endpoint_url: \"%s\"\n%s".formatted(aws.endpoint(), section);
    Settings settings;
    try {
      settings =
          ConfigFile.parse(
              "test.yml",
              text,
              Map.of(),
              root ->
                  new Settings(
                      AwsSettings.read(root),
                      root.section("cloudwatch", each -> CloudWatchConfig.read(each, Map.of()))
                          .orElseGet(() -> CloudWatchConfig.defaults(Map.of()))));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
    AwsUse use = AwsUse.fresh(wall(), machine, this::advance);
    Aws made = new Aws(settings.aws(), SHORT, use);
    CloudWatchConfig config = settings.cloudWatch();
    CounterStore store =
        config.stateDir().isPresent()
            ? CounterStore.in(config.stateDir().get(), wall())
            : CounterStore.none();
    plane = made;
    exporter = new CloudWatchExporter(config, made, store, wall(), machine);
    return this;
  }

  private record Settings(AwsSettings aws, CloudWatchConfig cloudWatch) {}

  CloudWatchExporter exporter() {
    if (exporter == null) {
      throw new IllegalStateException("it is not started");
    }
    return exporter;
  }

  Aws plane() {
    if (plane == null) {
      throw new IllegalStateException("it is not started");
    }
    return plane;
  }

  /** Ends the exporter. */
  void stop() {
    if (exporter != null) {
      exporter.close();
    }
    if (plane != null) {
      plane.close();
    }
  }

  /** Asks what is due now. */
  World poll() {
    try {
      for (PolledTarget target : exporter().polled()) {
        target.refreshDue();
      }
      return this;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets this much time pass, minute by minute, with what happens in each; it asks when due. */
  World pass(Duration time, EachMinute each) {
    for (long i = 0; i < time.toMinutes(); i++) {
      Instant minute = clock.instant();
      each.happens(minute);
      advance(Duration.ofMinutes(1));
      poll();
    }
    return this;
  }

  World pass(Duration time) {
    return pass(time, minute -> {});
  }

  @FunctionalInterface
  interface EachMinute {
    void happens(Instant minute);
  }

  String text() {
    return Expositions.render(
        exporter()
            .scrape(
                Optional.empty(),
                Selection.all(),
                Deadline.after(Duration.ofSeconds(5), System::nanoTime)));
  }

  ParsedExposition scrape() {
    return Expositions.parse(text());
  }

  @Override
  public void close() {
    stop();
    aws.close();
  }
}
