package dev.yagura.ecs.discovery;

import static dev.yagura.ecs.discovery.Listed.PORT;
import static dev.yagura.ecs.discovery.TaskMaker.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a list is made, and when the last one holds. */
class DiscoveryScraperTest {
  private static final Duration TOO_OLD = Duration.ofMinutes(10);

  private final Ground ground = new Ground();
  private final Inventory inventory = new Inventory(TOO_OLD, ground.clock);
  private final TargetLists lists = new TargetLists(List.of(ground.place().name()));
  private final Map<String, TaskDefinition> definitions = new HashMap<>();
  private final List<Map<String, Set<String>>> hostsAsked = new ArrayList<>();
  private final DiscoveryScraper scraper =
      new DiscoveryScraper(
          ground.place(),
          (arn, deadline) -> Optional.ofNullable(definitions.get(arn)),
          (asked, deadline) -> {
            hostsAsked.add(asked);
            return Map.of(TaskMaker.HOST, "192.0.2.7");
          },
          inventory,
          task -> Optional.empty(),
          DiscoveryConfig.defaults(),
          lists,
          ground.clock,
          ground.clock);

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
    Snapshot snapshot = scraper.scrape(ground.deadline());
    return Expositions.parse(
        Expositions.render(List.of(Samples.of(List.of(snapshot), ConstantLabels.none()))));
  }

  private void assertFailsFor(String why) {
    assertThatThrownBy(() -> scraper.scrape(ground.deadline()))
        .isInstanceOfSatisfying(
            ScrapeException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(FailureReason.UNREACHABLE);
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

  @Test
  void aListIsMadeAndToldOf() throws Exception {
    inventory.clusters(Set.of("main", "jobs"), false);
    runs(
        "main", web("a", "10.0.0.1"), web("b", "10.0.0.2"), web("c", "10.0.0.3").status("PENDING"));
    runs("jobs");

    ParsedExposition shown = scrape();

    assertThat(listed()).containsExactly("10.0.0.1:9090", "10.0.0.2:9090");
    assertThat(shown.value("ecs_discovery_targets")).hasValue(2);
    assertThat(shown.value("ecs_discovery_targets_left_out")).hasValue(0);
    assertThat(shown.value("ecs_discovery_bad_labels")).hasValue(2);
    assertThat(shown.value("ecs_discovery_clusters_left_out")).hasValue(0);
    assertThat(shown.value("ecs_discovery_list_timestamp_seconds"))
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
    inventory.clusters(Set.of("main", "secret"), false);
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
  void theLastListHoldsWhereAClusterIsSilentThatAnsweredBefore() throws Exception {
    inventory.clusters(Set.of("main", "jobs"), false);
    runs("main", web("a", "10.0.0.1"));
    runs("jobs", web("j", "10.0.0.5"));
    scrape();

    ground.clock.advance(TOO_OLD.plusSeconds(1));
    runs("main", web("b", "10.0.0.2"));
    assertFailsFor("jobs");
    assertThat(listed()).containsExactly("10.0.0.1:9090", "10.0.0.5:9090");

    inventory.clusters(Set.of("main"), false);
    scrape();
    assertThat(listed()).containsExactly("10.0.0.2:9090");
  }

  @Test
  void onlyHostsOfTasksThatNeedThemAreAskedFor() throws Exception {
    inventory.clusters(Set.of("main"), false);
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
    inventory.clusters(Set.of("main"), false);
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
