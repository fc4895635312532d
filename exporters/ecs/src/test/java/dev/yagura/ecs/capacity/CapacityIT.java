package dev.yagura.ecs.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aws.client.AccountSettings;
import dev.yagura.aws.client.AwsAccount;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.ecs.api.EcsApi;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.EcsClusterDouble;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsDouble;
import dev.yagura.testing.aws.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.ecs.EcsClient;

@Timeout(60)
class CapacityIT {
  private static final String REGION = "eu-west-1";
  private static final String ACTIVE = "ecs_container_instance_active";
  private static final String LEFT_OUT = "ecs_container_instances_left_out";

  private final FakeClock clock = FakeClock.at(Instant.parse("2026-11-25T12:00:00Z"));
  private final AwsDouble aws = AwsDouble.start(clock);
  private final EcsDouble ecs = aws.account().ecs(REGION);
  private final AwsAccount account =
      new AwsAccount(
          new AccountSettings(
              "prod", Optional.empty(), Optional.empty(), Optional.empty(), "yagura", List.of()),
          Optional.of(aws.endpoint()),
          Patience.USUAL,
          AwsUse.fresh(clock, clock, clock::advance));

  @BeforeEach
  void credentials() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterEach
  void end() {
    account.close();
    aws.close();
  }

  private InstancesScraper scraper(String cluster) {
    return new InstancesScraper(
        new EcsApi(new AwsPlace(account, REGION)), cluster, InstancesScraper.MAX_INSTANCES);
  }

  private EcsClient client() {
    return new AwsPlace(account, REGION).client(EcsClient.builder());
  }

  private ParsedExposition shown(Scraper scraper) throws Exception {
    Snapshot snapshot = scraper.scrape(Deadline.after(Duration.ofMinutes(1), clock));
    return Expositions.parse(
        Expositions.render(List.of(Samples.of(List.of(snapshot), ConstantLabels.none()))));
  }

  private static void register(EcsClusterDouble cluster, int count) {
    for (int i = 0; i < count; i++) {
      cluster.instance("i-%04d".formatted(i));
    }
  }

  @Test
  void anInstanceShowsItsTasksAndItsHealth() throws Exception {
    EcsClusterDouble cluster = ecs.cluster("shop");
    cluster.instance("i-0123").set("healthStatus.overallStatus", "IMPAIRED");
    String definition = ecs.taskDefinition("web", EcsContainer.named("web"));
    cluster.runTask(definition, "family:web").onInstance("i-0123").running();

    ParsedExposition shown = shown(scraper("shop"));

    assertThat(shown.value("ecs_container_instance_running_tasks", "instance", "i-0123"))
        .hasValue(1);
    assertThat(shown.value("ecs_container_instance_healthy", "instance", "i-0123")).hasValue(0);
    assertThat(shown.value(ACTIVE, "instance", "i-0123")).hasValue(1);
    assertThat(shown.value(LEFT_OUT)).hasValue(0);
  }

  @Test
  void aClusterWithoutInstancesShowsNoneAndDoesNotFail() throws Exception {
    ecs.cluster("shop");

    ParsedExposition shown = shown(scraper("shop"));

    assertThat(shown.families()).containsExactly(LEFT_OUT);
    assertThat(aws.count("DescribeContainerInstances")).isZero();
  }

  @Test
  void instancesAreListedAndDescribedByTheHundred() throws Exception {
    register(ecs.cluster("shop"), 250);

    assertThat(shown(scraper("shop")).samples(ACTIVE)).hasSize(250);
    assertThat(aws.count("ListContainerInstances")).isEqualTo(3);
    assertThat(aws.count("DescribeContainerInstances")).isEqualTo(3);
  }

  @Test
  void ofMoreInstancesThanAreShownThereIsTheNumberAndTheSameOnesAreShownEachTime()
      throws Exception {
    register(ecs.cluster("shop"), 130);
    Scraper scraper = new InstancesScraper(new EcsApi(new AwsPlace(account, REGION)), "shop", 120);

    ParsedExposition shown = shown(scraper);

    assertThat(shown.samples(ACTIVE)).hasSize(120).isEqualTo(shown(scraper).samples(ACTIVE));
    assertThat(shown.value(LEFT_OUT)).hasValue(10);
  }

  @Test
  void anInstanceThatGoesBetweenListAndDescribeIsJustNotThere() throws Exception {
    EcsClusterDouble cluster = ecs.cluster("shop");
    String gone = String.valueOf(cluster.instance("i-gone").text("containerInstanceArn"));
    String stays = String.valueOf(cluster.instance("i-stays").text("containerInstanceArn"));
    cluster.removeInstance("i-gone");

    assertThat(
            new CapacityApi(client())
                .instances(
                    "shop", List.of(gone, stays), Deadline.after(Duration.ofMinutes(1), clock)))
        .extracting(Instance::id)
        .containsExactly("i-stays");
  }

  @Test
  void aClusterThatDoesNotExistHasNoInstances() throws Exception {
    assertThat(shown(scraper("unheard")).samples(ACTIVE)).isEmpty();
  }

  @Test
  void nothingIsAskedOnceTheDeadlineHasPassed() {
    register(ecs.cluster("shop"), 1);
    Deadline passed = Deadline.after(Duration.ZERO, clock);

    assertThatThrownBy(() -> scraper("shop").scrape(passed))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));
    assertThatThrownBy(() -> new CapacityApi(client()).instances("shop", List.of("x"), passed))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void allPagesOfCapacityProvidersAreShown() throws Exception {
    for (int i = 0; i < 25; i++) {
      ecs.capacityProvider(
          "spot-" + i,
          new Fields()
              .set("autoScalingGroupProvider.managedScaling.status", "ENABLED")
              .set("autoScalingGroupProvider.managedScaling.targetCapacity", 80));
    }

    ParsedExposition shown =
        shown(new CapacityProvidersScraper(new EcsApi(new AwsPlace(account, REGION))));

    assertThat(shown.samples("ecs_capacity_provider_info")).hasSize(27);
    assertThat(shown.samples("ecs_capacity_provider_target_capacity_ratio"))
        .hasSize(25)
        .allSatisfy(sample -> assertThat(sample.value()).isEqualTo(0.8));
  }

  @Test
  void everyFamilyThatIsShownIsDeclared() throws Exception {
    register(ecs.cluster("shop"), 1);
    Scraper instances = scraper("shop");
    Scraper providers = new CapacityProvidersScraper(new EcsApi(new AwsPlace(account, REGION)));

    assertThat(instances.families())
        .extracting(family -> family.name())
        .containsAll(shown(instances).families());
    assertThat(providers.families())
        .extracting(family -> family.name())
        .containsAll(shown(providers).families());
  }
}
