package dev.yagura.ecs.discovery;

import static dev.yagura.ecs.discovery.Listed.PORT;
import static dev.yagura.ecs.discovery.Listed.addresses;
import static dev.yagura.ecs.discovery.TaskMaker.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a task is reached, by its network mode. */
class AddressesTest {
  @Test
  void aTaskWithAnInterfaceOfItsOwnIsReachedThere() {
    assertThat(addresses(Listed.of(task("a").label("web", PORT, "9090"))))
        .containsExactly("10.0.0.1:9090");
  }

  @Test
  void anAddressOfIpv6StandsInBrackets() {
    assertThat(addresses(Listed.of(task("a").awsvpc("2001:db8::1").label("web", PORT, "9090"))))
        .containsExactly("[2001:db8::1]:9090");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "bridge")
  void inABridgeItIsReachedByThePortOfTheHostThatLeadsToIt(@Nullable String mode) {
    ScrapeTargets list =
        Listed.of(
            task("a")
                .onHost(mode)
                .label("web", PORT, "9090")
                .bound("web", 8080, 32768)
                .bound("web", 9090, 32769)
                .label("other", "x", "y")
                .bound("other", 9090, 32770));

    assertThat(addresses(list)).containsExactly("192.0.2.7:32769");
    assertThat(list.badLabels()).isZero();
  }

  @Test
  void inABridgeAPortThatNothingLeadsToIsNoTargetAndCounted() {
    ScrapeTargets list =
        Listed.of(task("a").onHost("bridge").label("web", PORT, "9090").bound("web", 80, 32768));

    assertThat(list.targets()).isEmpty();
    assertThat(list.badLabels()).isEqualTo(1);
  }

  @Test
  void onTheNetworkOfTheHostItIsReachedByItsOwnPort() {
    assertThat(addresses(Listed.of(task("a").onHost("host").label("web", PORT, "9090"))))
        .containsExactly("192.0.2.7:9090");
  }

  @Test
  void withoutANetworkItIsNotReached() {
    ScrapeTargets list = Listed.of(task("a").onHost("none").label("web", PORT, "9090"));

    assertThat(list.targets()).isEmpty();
    assertThat(list.badLabels()).isZero();
  }

  @Test
  void aTaskWithoutAnAddressYetIsNoTargetAndNothingIsWrong() {
    ScrapeTargets standby = Listed.of(task("a").awsvpc(null).label("web", PORT, "9090"));
    ScrapeTargets unknownHost =
        Listed.of(
            Map.of(),
            DiscoveryConfig.defaults(),
            task("a").onHost("host").label("web", PORT, "9090"));

    assertThat(standby.targets()).isEmpty();
    assertThat(standby.badLabels()).isZero();
    assertThat(unknownHost.targets()).isEmpty();
    assertThat(unknownHost.badLabels()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROVISIONING", "PENDING", "ACTIVATING", "DEPROVISIONING", "STOPPED"})
  void onlyATaskThatRunsIsScraped(String status) {
    assertThat(Listed.of(task("a").status(status).label("web", PORT, "no")))
        .isEqualTo(new ScrapeTargets(List.of(), 0, 0));
  }

  @Test
  void aServerNameStandsInPlaceOfTheAddress() {
    assertThat(
            addresses(
                Listed.of(
                    task("a")
                        .label("web", PORT, "9090")
                        .label("web", "PROMETHEUS_EXPORTER_SERVER_NAME", "web.internal//"))))
        .containsExactly("web.internal:9090");
  }

  @Test
  void aDynamicPortIsTheOnlyOneThatIsBound() {
    TaskMaker dynamic = task("a").onHost("bridge").label("web", "PROMETHEUS_DYNAMIC_EXPORT", "1");

    assertThat(Listed.of(dynamic).badLabels()).isEqualTo(1);
    assertThat(addresses(Listed.of(dynamic.bound("web", 9090, 32768))))
        .containsExactly("192.0.2.7:32768");
    assertThat(Listed.of(dynamic.bound("web", 8080, 32769)))
        .satisfies(
            list -> {
              assertThat(list.targets()).isEmpty();
              assertThat(list.badLabels()).isEqualTo(1);
            });
  }

  @Test
  void withAnInterfaceOfItsOwnADynamicPortIsTheOnlyOneItListensOn() {
    assertThat(
            addresses(
                Listed.of(
                    task("a").label("web", "PROMETHEUS_DYNAMIC_EXPORT", "1").port("web", 9090))))
        .containsExactly("10.0.0.1:9090");
    assertThat(addresses(Listed.of(task("a").label("web", "PROMETHEUS_DYNAMIC_EXPORT", "0"))))
        .isEmpty();
  }
}
