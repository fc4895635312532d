package dev.yagura.ecs.discovery;

import static dev.yagura.ecs.discovery.Listed.PORT;
import static dev.yagura.ecs.discovery.TaskMaker.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.inventory.TaskDefinition;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.NameRules;
import dev.yagura.testing.ParsedExposition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a list is made, and when the last one holds. */
class DiscoveryScraperTest {
  private static final Duration TOO_OLD = Duration.ofMinutes(10);
  private static final String TIMESTAMP = "ecs_discovery_list_timestamp_seconds";

  private final Ground ground = new Ground();
  private final Inventory inventory = new Inventory(TOO_OLD, ground.clock);
  private final TargetLists lists = new TargetLists(List.of(ground.place().name()), ground.clock);
  private final Map<String, TaskDefinition> definitions = new HashMap<>();
  private final Map<String, ScrapeException> definitionFailures = new HashMap<>();
  private final List<String> definitionsAsked = new ArrayList<>();
  private final Set<String> definitionsRead = new HashSet<>();
  private final List<Map<String, Set<String>>> hostsAsked = new ArrayList<>();
  private Duration perDefinition = Duration.ZERO;
  private Optional<ScrapeException> hostFailure = Optional.empty();
  private Set<String> clusters = Set.of();
  private boolean environmentsKnown = true;
  private final DiscoveryScraper scraper =
      new DiscoveryScraper(
          ground.place(),
          new DiscoverySources(
              this::definition,
              this::hosts,
              inventory,
              () -> clusters,
              task -> Optional.empty(),
              () -> environmentsKnown),
          DiscoveryConfig.defaults(),
          lists,
          ground.clock,
          ground.clock);

  private Optional<TaskDefinition> definition(String arn, Deadline deadline)
      throws ScrapeException {
    if (!definitionsRead.contains(arn)) {
      if (deadline.hasPassed()) {
        throw new ScrapeException(FailureReason.TIMEOUT, "no time");
      }
      definitionsAsked.add(arn);
      ground.clock.advance(perDefinition);
      ScrapeException failure = definitionFailures.get(arn);
      if (failure != null) {
        throw failure;
      }
      definitionsRead.add(arn);
    }
    return Optional.ofNullable(definitions.get(arn));
  }

  private HostAddresses.Found hosts(Map<String, Set<String>> asked, Deadline deadline) {
    hostsAsked.add(asked);
    return hostFailure.isPresent()
        ? new HostAddresses.Found(Map.of(), hostFailure)
        : HostAddresses.Found.all(Map.of(TaskMaker.HOST, "192.0.2.7"));
  }

  private void clusters(String... names) {
    clusters = Set.of(names);
    inventory.clusters(clusters, false);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private void runs(String cluster, TaskMaker... tasks) {
    for (TaskMaker each : tasks) {
      definitions.put(each.definition().name().arn(), each.definition());
    }
    inventory.tasks(
        cluster, Arrays.stream(tasks).map(each -> each.inCluster(cluster).task()).toList());
  }

  private ParsedExposition scrape() throws Exception {
    scraper.scrape(ground.deadline());
    return shown();
  }

  private ParsedExposition shown() {
    return Expositions.parse(
        Expositions.render(
            List.of(Samples.of(List.of(scraper.shown().verified()), ConstantLabels.none()))));
  }

  private void assertFailsFor(String why) {
    assertFailsFor(FailureReason.UNREACHABLE, why);
  }

  private void assertFailsFor(FailureReason reason, String why) {
    assertThatThrownBy(() -> scraper.scrape(ground.deadline()))
        .isInstanceOfSatisfying(
            ScrapeException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e).hasMessageContaining(why);
            });
  }

  private List<String> listed() {
    assertThat(lists.state().missing()).isEmpty();
    return lists.state().targets().stream().map(ScrapeTarget::address).toList();
  }

  private static TaskMaker web(String id, String ip) {
    return task(id).awsvpc(ip).label("web", PORT, "9090,none");
  }

  private static TaskMaker bridged(String id) {
    return task(id).onHost("bridge").label("web", PORT, "9090").bound("web", 9090, 32768);
  }

  @Test
  void aListIsMadeAndToldOf() throws Exception {
    clusters("main", "jobs");
    runs(
        "main", web("a", "10.0.0.1"), web("b", "10.0.0.2"), web("c", "10.0.0.3").status("PENDING"));
    runs("jobs");

    ParsedExposition shown = scrape();

    assertThat(listed()).containsExactly("10.0.0.1:9090", "10.0.0.2:9090");
    assertThat(shown.value("ecs_discovery_targets", "cluster", "main")).hasValue(2);
    assertThat(shown.value("ecs_discovery_targets", "cluster", "jobs")).hasValue(0);
    assertThat(shown.value("ecs_discovery_targets_left_out")).hasValue(0);
    assertThat(shown.value("ecs_discovery_bad_labels")).hasValue(2);
    assertThat(shown.value("ecs_discovery_clusters_left_out")).hasValue(0);
    assertThat(shown.value("ecs_discovery_unresolved_tasks")).hasValue(0);
    assertThat(shown.value("ecs_discovery_list_timestamp_seconds", "cluster", "main"))
        .hasValue(ground.clock.instant().toEpochMilli() / 1e3);
    assertThat(hostsAsked).isEmpty();
  }

  @Test
  void beforeTheClustersAreKnownThereIsNoList() throws Exception {
    assertThat(scrape().samples()).isEmpty();
    ground.clock.advance(DiscoveryScraper.GRACE);
    assertFailsFor("the clusters are not known yet");
    assertThat(lists.state().missing()).containsExactly("prod/eu-central-1");
  }

  @Test
  void theFirstAnswerOfAClusterIsWaitedForButNotForEver() throws Exception {
    clusters("main", "secret");
    runs("main", web("a", "10.0.0.1"));
    assertThat(scrape().samples()).isEmpty();
    assertThat(lists.state().missing()).isNotEmpty();
    assertThat(scraper.schedule().untilNext(0)).isLessThan(Duration.ofSeconds(15));

    ground.clock.advance(DiscoveryScraper.GRACE);

    assertThat(scrape().value("ecs_discovery_clusters_left_out")).hasValue(1);
    assertThat(listed()).containsExactly("10.0.0.1:9090");
    runs("secret", web("s", "10.0.0.9"));
    assertThat(scrape().value("ecs_discovery_clusters_left_out")).hasValue(0);
    assertThat(listed()).containsExactly("10.0.0.1:9090", "10.0.0.9:9090");
  }

  @Test
  void aClusterThatIsSilentKeepsItsTargetsAndTheOthersGetNewOnes() throws Exception {
    clusters("main", "jobs");
    runs("main", web("a", "10.0.0.1"));
    runs("jobs", web("j", "10.0.0.5"));
    double before = scrape().value(TIMESTAMP, "cluster", "jobs").orElseThrow();

    ground.clock.advance(TOO_OLD.plusSeconds(1));
    runs("main", web("b", "10.0.0.2"));
    assertFailsFor("the tasks of cluster jobs are not known");

    assertThat(listed()).containsExactly("10.0.0.2:9090", "10.0.0.5:9090");
    assertThat(shown().value(TIMESTAMP, "cluster", "jobs")).hasValue(before);
    assertThat(shown().value(TIMESTAMP, "cluster", "main"))
        .hasValue(ground.clock.instant().toEpochMilli() / 1e3);
    assertThat(shown().value("ecs_discovery_targets", "cluster", "jobs")).hasValue(1);
    assertThat(shown().value("ecs_discovery_clusters_left_out")).hasValue(0);

    clusters("main");
    scrape();
    assertThat(listed()).containsExactly("10.0.0.2:9090");
    assertThat(shown().samples("ecs_discovery_targets"))
        .extracting(sample -> sample.label("cluster"))
        .containsExactly("main");
  }

  @Test
  void theFirstListWaitsForEnvironmentsButNotForEver() throws Exception {
    environmentsKnown = false;
    clusters("main");
    runs("main", web("a", "10.0.0.1"));
    scrape();
    assertThat(lists.state().missing()).isNotEmpty();
    assertThat(scraper.schedule().untilNext(0)).isLessThan(Duration.ofSeconds(15));

    environmentsKnown = true;
    scrape();
    assertThat(listed()).containsExactly("10.0.0.1:9090");

    environmentsKnown = false;
    runs("main", web("b", "10.0.0.2"));
    scrape();
    assertThat(listed()).containsExactly("10.0.0.2:9090");
  }

  @Test
  void withoutEnvironmentsThereIsAListOnceTheyWereWaitedFor() throws Exception {
    environmentsKnown = false;
    clusters("main");
    runs("main", web("a", "10.0.0.1"));
    ground.clock.advance(DiscoveryScraper.GRACE);

    scrape();

    assertThat(listed()).containsExactly("10.0.0.1:9090");
  }

  @Test
  void aHostThatIsDeniedHidesNoOtherTargetAndIsTold() throws Exception {
    clusters("main");
    runs("main", web("a", "10.0.0.1"), bridged("b"));
    hostFailure = Optional.of(new ScrapeException(FailureReason.DENIED, "ec2:DescribeInstances"));

    assertFailsFor(FailureReason.DENIED, "ec2:DescribeInstances");

    assertThat(listed()).containsExactly("10.0.0.1:9090");
    assertThat(shown().value("ecs_discovery_unresolved_tasks")).hasValue(1);
  }

  @Test
  void aTaskWhoseHostIsNotReadAnyMoreKeepsItsTargets() throws Exception {
    clusters("main");
    runs("main", web("a", "10.0.0.1"), bridged("b"));
    scrape();
    hostFailure = Optional.of(new ScrapeException(FailureReason.THROTTLED, "slow down"));
    runs("main", web("c", "10.0.0.3"), bridged("b"), bridged("d"));

    assertFailsFor(FailureReason.THROTTLED, "slow down");

    assertThat(listed()).containsExactly("10.0.0.3:9090", "192.0.2.7:32768");
    assertThat(shown().value("ecs_discovery_unresolved_tasks")).hasValue(2);
  }

  @Test
  void aFirstListWaitsForAHostThatMayYetBeRead() throws Exception {
    clusters("main");
    runs("main", web("a", "10.0.0.1"), bridged("b"));
    hostFailure = Optional.of(new ScrapeException(FailureReason.THROTTLED, "slow down"));
    assertFailsFor(FailureReason.THROTTLED, "slow down");
    assertThat(lists.state().missing()).isNotEmpty();

    ground.clock.advance(DiscoveryScraper.GRACE);
    runs("main", web("a", "10.0.0.1"), bridged("b"));
    assertFailsFor(FailureReason.THROTTLED, "slow down");
    assertThat(listed()).containsExactly("10.0.0.1:9090");
  }

  @Test
  void aDefinitionThatAlwaysFailsHidesNoOtherTarget() throws Exception {
    clusters("main");
    TaskMaker[] tasks = {
      web("a", "10.0.0.1"), web("b", "10.0.0.2"), web("c", "10.0.0.3"), web("d", "10.0.0.4"),
      web("e", "10.0.0.5"), web("f", "10.0.0.6"), web("g", "10.0.0.7"), web("h", "10.0.0.8")
    };
    runs("main", tasks);
    for (int i = 0; i < 6; i++) {
      definitionFailures.put(
          tasks[i].definition().name().arn(),
          new ScrapeException(FailureReason.DENIED, "ecs:DescribeTaskDefinition"));
    }

    assertFailsFor(FailureReason.DENIED, "ecs:DescribeTaskDefinition");
    assertThat(definitionsAsked).as("what is denied is not asked on and on").hasSize(5);
    assertFailsFor(FailureReason.DENIED, "ecs:DescribeTaskDefinition");

    assertThat(listed()).containsExactly("10.0.0.7:9090", "10.0.0.8:9090");
    assertThat(shown().value("ecs_discovery_unresolved_tasks")).hasValue(6);
  }

  @Test
  void manyDefinitionsAreReadOverSeveralPassesAndNoneOfThemFails() throws Exception {
    clusters("main");
    TaskMaker[] tasks =
        IntStream.range(0, 100)
            .mapToObj(i -> web(String.format("%03d", i), "10.0.1." + i))
            .toArray(TaskMaker[]::new);
    runs("main", tasks);
    perDefinition = Duration.ofSeconds(1);

    int passes = 0;
    while (!lists.state().missing().isEmpty()) {
      runs("main", tasks);
      scrape();
      passes++;
      assertThat(passes).isLessThan(10);
      assertThat(scraper.schedule().untilNext(0))
          .isEqualTo(passes < 4 ? Duration.ofSeconds(5) : DiscoveryConfig.defaults().refresh());
    }

    assertThat(passes).isEqualTo(4);
    assertThat(listed()).hasSize(100);
    assertThat(definitionsAsked).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void aTaskWhoseDefinitionIsStillToBeReadComesLater() throws Exception {
    clusters("main");
    runs("main", web("a", "10.0.0.1"));
    scrape();
    perDefinition = Duration.ofSeconds(20);
    runs(
        "main",
        web("a", "10.0.0.1"),
        web("b", "10.0.0.2"),
        web("c", "10.0.0.3"),
        web("d", "10.0.0.4"));

    scrape();
    assertThat(listed()).containsExactly("10.0.0.1:9090", "10.0.0.2:9090", "10.0.0.3:9090");
    assertThat(shown().value("ecs_discovery_unresolved_tasks")).hasValue(1);
    assertThat(scraper.schedule().untilNext(0)).isEqualTo(Duration.ofSeconds(5));

    scrape();
    assertThat(listed()).hasSize(4);
    assertThat(shown().value("ecs_discovery_unresolved_tasks")).hasValue(0);
  }

  @Test
  void onlyHostsOfTasksThatNeedThemAreAskedFor() throws Exception {
    clusters("main");
    runs(
        "main",
        web("a", "10.0.0.1"),
        task("quiet").onHost("bridge").label("web", "x", "y"),
        task("b").onHost("bridge").label("web", PORT, "9090").bound("web", 9090, 32768));

    scrape();

    assertThat(hostsAsked).containsExactly(Map.of("main", Set.of(TaskMaker.HOST)));
    assertThat(listed()).containsExactly("10.0.0.1:9090", "192.0.2.7:32768");
  }

  @Test
  void aTaskWhoseDefinitionIsGoneIsNoTarget() throws Exception {
    clusters("main");
    runs("main", web("a", "10.0.0.1"), web("b", "10.0.0.2"));
    definitions.keySet().removeIf(arn -> arn.contains("family-a"));

    scrape();

    assertThat(listed()).containsExactly("10.0.0.2:9090");
  }

  @Test
  void noNameBreaksARule() {
    assertThat(NameRules.broken(scraper.families())).isEmpty();
  }
}
