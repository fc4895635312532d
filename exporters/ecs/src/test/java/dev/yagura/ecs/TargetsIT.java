package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Page;
import dev.yagura.ecs.discovery.SdPage;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.EcsContainer;
import dev.yagura.testing.aws.EcsServiceDouble;
import dev.yagura.testing.aws.Fault;
import dev.yagura.testing.aws.TargetGroupDouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of targets of a whole exporter. */
class TargetsIT {
  static final String ENVIRONMENTS =
      "environments: {host_pattern: \"(?<env>[a-z0-9-]+)\\\\.dev\\\\.example\\\\.com\"}";

  private static final String PORT = "PROMETHEUS_EXPORTER_PORT";
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static EcsServiceDouble web(EcsWorld world, String cluster, String name, String ip) {
    String definition =
        world.ecs().taskDefinition(name, EcsContainer.named("app").port(8080).label(PORT, "8080"));
    EcsServiceDouble service = world.cluster(cluster).service(name).desired(1).deploy(definition);
    service.startTask().privateIp(ip).running();
    return service;
  }

  /** The service pr-7 of the environment pr-7, in the cluster dev. */
  static EcsServiceDouble environment(EcsWorld world, int port) {
    TargetGroupDouble group =
        world.elb().targetGroup("pr-7").target("10.0.0.1", port, "healthy", "");
    world
        .elb()
        .loadBalancer("dev")
        .listener(443, "HTTPS")
        .rule(1, group.arn(), "pr-7.dev.example.com");
    return world
        .cluster("dev")
        .service("pr-7")
        .desired(1)
        .targetGroup(group.arn(), "app", port)
        .deploy(
            world
                .ecs()
                .taskDefinition(
                    "pr-7", EcsContainer.named("app").port(port).label(PORT, "" + port)));
  }

  private static Answer page(EcsWorld world) throws IOException {
    Page page =
        world.exporter().pages().stream()
            .filter(each -> each.path().equals(SdPage.PATH))
            .findFirst()
            .orElseThrow();
    return page.answerer().answer(Map.of());
  }

  private static List<String> addresses(EcsWorld world) throws IOException {
    Answer answer = page(world);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> addresses = new ArrayList<>();
    for (JsonNode each : new JsonMapper().readTree(answer.body())) {
      addresses.add(each.path("targets").path(0).asText());
    }
    return addresses;
  }

  @Test
  void theFirstListHasTheEnvironment() throws Exception {
    try (var world = new EcsWorld(ENVIRONMENTS)) {
      environment(world, 8080).startTask().privateIp("10.0.0.1").running();
      world.start().poll();
      for (int i = 0; i < 60 && page(world).status() == 503; i++) {
        world.pass(STEP);
      }

      JsonNode list = new JsonMapper().readTree(page(world).body());
      assertThat(list).hasSize(1);
      assertThat(list.get(0).path("targets").path(0).asText()).isEqualTo("10.0.0.1:8080");
      JsonNode labels = list.get(0).path("labels");
      assertThat(labels.path("__meta_ecs_environment").asText()).isEqualTo("pr-7");
      assertThat(labels.path("__meta_ecs_service").asText()).isEqualTo("pr-7");
      assertThat(labels.path("__meta_ecs_cluster").asText()).isEqualTo("dev");
    }
  }

  @Test
  void aClusterThatIsDeniedLaterDoesNotFreezeTheOthers() throws Exception {
    try (var world = new EcsWorld("load_balancers: []")) {
      web(world, "a", "x", "10.0.0.1");
      web(world, "b", "y", "10.0.0.2");
      world.start().poll();
      world.pass(MINUTE);
      world.aws.fail(Fault.denied(), call -> call.cluster().endsWith("b"));
      world.pass(MINUTE.multipliedBy(10));
      web(world, "a", "z", "10.0.0.3");
      world.pass(MINUTE.multipliedBy(3));

      assertThat(addresses(world))
          .containsExactly("10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080");
      ParsedExposition shown = world.scrape();
      assertThat(shown.value("ecs_discovery_targets", "cluster", "a")).hasValue(2);
      assertThat(shown.value("yagura_scrape_success", "scraper", "discovery")).hasValue(0);
      assertThat(
              shown.value("ecs_discovery_list_timestamp_seconds", "cluster", "a").orElseThrow()
                  - shown
                      .value("ecs_discovery_list_timestamp_seconds", "cluster", "b")
                      .orElseThrow())
          .isGreaterThan(300);
    }
  }

  @Test
  void whatIsSaidOfAListStaysForAsLongAsTheList() throws Exception {
    try (var world = new EcsWorld("load_balancers: [], discovery: {refresh: 30m}")) {
      web(world, "a", "x", "10.0.0.1");
      world.start().poll();
      world.pass(MINUTE.multipliedBy(20));

      assertThat(addresses(world)).hasSize(1);
      assertThat(world.scrape().value("ecs_discovery_targets", "cluster", "a")).hasValue(1);
      assertThat(world.scrape().samples("ecs_discovery_list_timestamp_seconds")).hasSize(1);
    }
  }

  @Test
  void whoMayNotSeeHostsGetsTheOtherTargetsAndIsTold() throws Exception {
    try (var world = new EcsWorld("load_balancers: []")) {
      web(world, "fargate", "x", "10.0.0.1");
      world.ec2().instance("i-01", "192.0.2.1");
      world.cluster("ec2").instance("i-01");
      String bridged =
          world
              .ecs()
              .taskDefinition(
                  "br",
                  "bridge",
                  Map.of(),
                  EcsContainer.named("app").port(8080, 32768).label(PORT, "8080"));
      world
          .cluster("ec2")
          .service("br")
          .desired(1)
          .deploy(bridged)
          .startTask()
          .onInstance("i-01")
          .running();
      world.aws.fail(Fault.denied(), call -> call.operation().equals("DescribeInstances"));
      world.start().poll();
      world.pass(MINUTE);

      assertThat(addresses(world)).containsExactly("10.0.0.1:8080");
      ParsedExposition shown = world.scrape();
      assertThat(shown.value("ecs_discovery_unresolved_tasks")).hasValue(1);
      assertThat(shown.samples("yagura_scrape_failures_total"))
          .filteredOn(sample -> sample.label("scraper").equals("discovery"))
          .extracting(sample -> sample.label("reason"))
          .containsExactly("denied");

      world.aws.heal();
      world.pass(MINUTE.multipliedBy(2));
      assertThat(addresses(world)).containsExactly("10.0.0.1:8080", "192.0.2.1:32768");
    }
  }

  @Test
  void definitionsAreAskedForOnceAlsoOverReloads() throws Exception {
    try (var world = new EcsWorld("load_balancers: []")) {
      for (int i = 0; i < 20; i++) {
        web(world, "a", "s" + i, "10.0.0." + i);
      }
      world.reload().poll();
      world.pass(MINUTE);
      assertThat(addresses(world)).hasSize(20);

      world.reload().poll();
      world.pass(MINUTE);
      assertThat(addresses(world)).hasSize(20);
      assertThat(world.aws.count("DescribeTaskDefinition")).isEqualTo(20);
    }
  }
}
