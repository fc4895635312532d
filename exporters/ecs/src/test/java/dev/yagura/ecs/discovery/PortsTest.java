package dev.yagura.ecs.discovery;

import static dev.yagura.ecs.discovery.Listed.PORT;
import static dev.yagura.ecs.discovery.Listed.addresses;
import static dev.yagura.ecs.discovery.TaskMaker.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ports are asked for, and how. */
class PortsTest {
  @Test
  void aContainerMayAskForSeveralEachWithAPathOfItsOwn() {
    ScrapeTargets list =
        Listed.of(
            task("a")
                .label("web", PORT, "9090, 9102/probe,9103")
                .label("web", "PROMETHEUS_EXPORTER_PATH", "stats")
                .label("proxy", PORT, "9901"));

    assertThat(addresses(list))
        .containsExactly("10.0.0.1:9090", "10.0.0.1:9102", "10.0.0.1:9103", "10.0.0.1:9901");
    assertThat(list.targets())
        .extracting(target -> target.labels().get("__metrics_path__"))
        .containsExactly("/stats", "/probe", "/stats", null);
    assertThat(list.targets())
        .extracting(target -> target.labels().get("__meta_ecs_container"))
        .containsExactly("web", "web", "web", "proxy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|1|0",
        "web|1|0",
        "0|1|0",
        "70000|1|0",
        "-1|1|0",
        "9090x|1|0",
        "9090/metrics?x=1|1|0",
        "9090/metrics#x|1|0",
        "99999999999|1|0",
        "9090,|1|1",
        "9090,0,x,9091|2|2",
        "１２|1|0"
      })
  void aPortThatIsNoneIsNoTargetAndCounted(String ports, int bad, int good) {
    ScrapeTargets list = Listed.of(task("a").label("web", PORT, ports));

    assertThat(list.badLabels()).isEqualTo(bad);
    assertThat(list.targets()).hasSize(good);
  }

  @ParameterizedTest
  @CsvSource({
    "SCHEME, ftp",
    "SCHEME, HTTPX",
    "PATH, /metrics?x=1",
    "PATH, a b",
    "SERVER_NAME, a b",
    "SERVER_NAME, http://web",
    "SERVER_NAME, web:80"
  })
  void aLabelBesideThePortThatIsWrongSpoilsIt(String name, String value) {
    ScrapeTargets list =
        Listed.of(
            task("a")
                .label("web", PORT, "9090")
                .label("web", "PROMETHEUS_EXPORTER_" + name, value));

    assertThat(list.targets()).isEmpty();
    assertThat(list.badLabels()).isEqualTo(1);
  }

  @Test
  void aSchemeInCapitalsIsTheSameScheme() {
    ScrapeTargets list =
        Listed.of(
            task("a")
                .label("web", PORT, "9090")
                .label("web", "PROMETHEUS_EXPORTER_SCHEME", "HTTPS"));

    assertThat(list.badLabels()).isZero();
    assertThat(list.targets())
        .singleElement()
        .satisfies(target -> assertThat(target.labels()).containsEntry("__scheme__", "https"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTagOfTheTaskOrItsDefinitionAsksToo(boolean ofTask) {
    TaskMaker maker = task("a").port("web", 9090).port("proxy", 9901);
    ScrapeTargets list =
        Listed.of(
            Listed.byTag("prometheus"),
            ofTask
                ? maker.tag("prometheus", "9901/stats 7777").definitionTag("prometheus", "no")
                : maker.definitionTag("prometheus", "9901/stats 7777"));

    assertThat(list.badLabels()).isZero();
    assertThat(addresses(list)).containsExactly("10.0.0.1:7777", "10.0.0.1:9901");
    assertThat(list.targets())
        .extracting(target -> target.labels().get("__meta_ecs_container"))
        .containsExactly(null, "proxy");
    assertThat(list.targets().get(1).labels()).containsEntry("__metrics_path__", "/stats");
  }

  @Test
  void whatIsAskedForTwiceIsOneTarget() {
    ScrapeTargets list =
        Listed.of(
            Listed.byTag("prometheus"),
            task("a")
                .label("web", PORT, "9090,9090/other,9090")
                .label("web", "PROMETHEUS_EXPORTER_JOB_NAME", "shop")
                .tag("prometheus", "9090"));

    assertThat(addresses(list)).containsExactly("10.0.0.1:9090", "10.0.0.1:9090");
    assertThat(list.targets())
        .allSatisfy(target -> assertThat(target.labels()).containsEntry("job", "shop"));
  }

  @Test
  void dockerLabelsAreNotLookedAtWhereTheyAreNotToBe() {
    var config =
        new DiscoveryConfig(
            false, Optional.of("prometheus"), DiscoveryConfig.defaults().refresh(), 10);

    assertThat(Listed.of(config, task("a").label("web", PORT, "no")))
        .isEqualTo(new ScrapeTargets(List.of(), 0, 0));
  }

  @Test
  void thereAreNoMoreThanThereMayBeAndTheRestIsCounted() {
    var config =
        new DiscoveryConfig(true, Optional.empty(), DiscoveryConfig.defaults().refresh(), 2);
    ScrapeTargets list =
        Listed.of(
            config,
            task("c").awsvpc("10.0.0.3").label("web", PORT, "1"),
            task("a").awsvpc("10.0.0.1").label("web", PORT, "1"),
            task("b").awsvpc("10.0.0.2").label("web", PORT, "1"));

    assertThat(addresses(list)).containsExactly("10.0.0.1:1", "10.0.0.2:1");
    assertThat(list.leftOut()).isEqualTo(1);
  }
}
