package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.testing.aws.AwsCall;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsServiceDouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often AWS is asked, counted by AWS, and how much of the buckets that it documents that takes.
 * What is printed in {@code docs/performance.md} is what is counted here.
 */
class CallsIT {
  private static final Path PAGE = Path.of("../../docs/performance.md");
  private static final Duration BEFORE = Duration.ofMinutes(40);
  private static final Duration WATCHED = Duration.ofMinutes(10);

  /** A bucket as AWS documents it. */
  private enum Bucket {
    CLUSTERS(50, 20, "DescribeClusters", "ListClusters"),
    SERVICES(100, 20, "DescribeServices", "ListServices"),
    RESOURCES(
        100,
        20,
        "DescribeTasks",
        "ListTasks",
        "DescribeContainerInstances",
        "ListContainerInstances"),
    DEFINITIONS(50, 20, "DescribeTaskDefinition"),
    DEPLOYMENTS(50, 20, "DescribeServiceDeployments", "ListServiceDeployments"),
    PROVIDERS(50, 20, "DescribeCapacityProviders"),
    LOAD_BALANCERS(40, 10) {
      @Override
      boolean has(AwsCall call) {
        return call.service().equals("elasticloadbalancing");
      }
    };

    private final double burst;
    private final double perSecond;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is.
    private final Set<String> operations;

    Bucket(double burst, double perSecond, String... operations) {
      this.burst = burst;
      this.perSecond = perSecond;
      this.operations = Set.of(operations);
    }

    boolean has(AwsCall call) {
      return call.service().equals("ecs") && operations.contains(call.operation());
    }

    /** The largest part of it that was ever used up, from 0 to 1. */
    double share(List<AwsCall> calls) {
      double level = burst;
      double least = burst;
      Instant last = EcsWorld.START;
      for (AwsCall call : calls) {
        if (has(call)) {
          double seconds = Duration.between(last, call.at()).toNanos() / 1e9;
          level = Math.min(burst, level + seconds * perSecond) - 1;
          least = Math.min(least, level);
          last = call.at();
        }
      }
      return (burst - least) / burst;
    }

    /** What is used of what it is refilled with, from 0 to 1. */
    double rate(List<AwsCall> calls, Duration in) {
      return calls.stream().filter(this::has).count() / (in.toMillis() / 1e3) / perSecond;
    }
  }

  /** What was counted for so many services. */
  private record Counted(
      int services, List<AwsCall> first, List<AwsCall> steady, double look, double oldest) {

    double share() {
      List<AwsCall> all = new ArrayList<>(first);
      all.addAll(steady);
      double most = 0;
      for (Bucket bucket : Bucket.values()) {
        most = Math.max(most, Math.max(bucket.share(all), bucket.rate(steady, WATCHED)));
      }
      return most;
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %,d | %.1f | %.1f | %.1f | %.1f %% | %.0f s | %.0f s |",
          services,
          perMinute(Bucket.SERVICES),
          perMinute(Bucket.RESOURCES),
          perMinute(Bucket.LOAD_BALANCERS),
          share() * 100,
          look,
          oldest);
    }

    private double perMinute(Bucket bucket) {
      return steady.stream().filter(bucket::has).count() / (double) WATCHED.toMinutes();
    }
  }

  private static void build(EcsWorld world, int services) {
    var listener = world.elb().loadBalancer("main").listener(443, "HTTPS");
    for (int i = 1; i <= services; i++) {
      var group = world.elb().targetGroup("group-" + i);
      listener.rule(i, group.arn(), "pr-" + i + ".dev.example.com");
      EcsServiceDouble service =
          world
              .cluster("main")
              .service("service-" + i)
              .desired(3)
              .targetGroup(group.arn(), "app", 8080)
              .deploy(
                  world
                      .ecs()
                      .taskDefinition(
                          "family-" + i,
                          EcsContainer.named("app")
                              .port(8080)
                              .label("PROMETHEUS_EXPORTER_PORT", "9000")));
      IntStream.range(0, 3).forEach(task -> service.startTask().running());
      service.completeDeployment();
    }
  }

  /** ECS and load balancers have a thread each, so here each has a time of its own. */
  private static void run(EcsWorld world, boolean loadBalancers, Duration time) throws Exception {
    Instant end = world.clock.instant().plus(time);
    while (world.clock.instant().isBefore(end)) {
      for (PolledTarget target : world.exporter().polled()) {
        if (target.name().endsWith("/load-balancers") == loadBalancers) {
          target.refreshDue();
        }
      }
      world.clock.advance(Duration.ofSeconds(1));
    }
  }

  private static Counted count(int services) throws Exception {
    List<AwsCall> first = new ArrayList<>();
    List<AwsCall> steady = new ArrayList<>();
    double oldest = 0;
    double look = 0;
    for (boolean loadBalancers : new boolean[] {false, true}) {
      try (EcsWorld world = new EcsWorld("environments: {host_pattern: \"(?<env>.+)\"}")) {
        build(world, services);
        world.start();
        run(world, loadBalancers, BEFORE);
        first.addAll(world.aws.calls());
        world.aws.clearCalls();
        run(world, loadBalancers, WATCHED);
        steady.addAll(world.aws.calls());
        if (!loadBalancers) {
          look =
              world.scrape().samples("yagura_scrape_duration_seconds").stream()
                  .filter(sample -> sample.label("target").endsWith("/main"))
                  .mapToDouble(sample -> sample.value())
                  .sum();
        } else {
          double now = world.clock.instant().toEpochMilli() / 1e3;
          double read =
              world.scrape().samples("elb_target_group_health_timestamp_seconds").stream()
                  .mapToDouble(sample -> sample.value())
                  .min()
                  .orElse(0);
          oldest = now - read;
          assertThat(world.scrape().samples("elb_target_group_health_timestamp_seconds"))
              .hasSize(Math.min(services, 1_000));
        }
      }
    }
    return new Counted(services, first, steady, look, oldest);
  }

  @Test
  void noBucketIsEverUsedByMoreThanATenth() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int services : new int[] {20, 200, 1_000}) {
      Counted counted = count(services);
      assertThat(counted.share()).as("%s services", services).isLessThanOrEqualTo(0.1);
      rows.add(counted.row());
    }
    assertThat(Files.readString(PAGE)).contains(String.join("\n", rows) + "\n");
  }
}
