package dev.yagura.ecs.taskmetadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Interfaces, whose series have no container. */
class NetworksTest {
  private static final String TASK =
      """
      {"TaskARN": "arn", "Containers": [
        {"DockerId": "a", "Name": "web", "Networks": [{"NetworkMode": "%1$s"}]},
        {"DockerId": "b", "Name": "proxy", "Networks": [{"NetworkMode": "%1$s"}]}]}
      """;

  private static ParsedExposition shown(String mode, String stats) {
    try (var server = MetadataServer.of("ec2")) {
      return Scraped.of(server.with("/task", TASK.formatted(mode)).with("/task/stats", stats));
    }
  }

  @Test
  void twoInterfacesAreTwoSeries() {
    ParsedExposition shown =
        shown(
            "awsvpc",
            """
            {"a": {"networks": {"eth0": {"rx_bytes": 5}, "eth1": {"rx_bytes": 7, "tx_dropped": 0}}}}
            """);

    assertThat(shown.value("ecs_network_receive_bytes_total", "interface", "eth0")).hasValue(5);
    assertThat(shown.value("ecs_network_receive_bytes_total", "interface", "eth1")).hasValue(7);
    assertThat(shown.samples("ecs_network_transmit_packets_dropped_total")).hasSize(1);
  }

  @Test
  void aNetworkThatContainersShareIsCountedOnceAsItWasLast() {
    ParsedExposition shown =
        shown(
            "awsvpc",
            """
            {"a": {"networks": {"eth0": {"rx_bytes": 500}}},
             "b": {"networks": {"eth0": {"rx_bytes": 510}}}}
            """);

    assertThat(shown.value("ecs_network_receive_bytes_total", "interface", "eth0")).hasValue(510);
    assertThat(shown.value("yagura_scrape_duplicate_rows")).hasValue(0);
  }

  @Test
  void networksOfTheContainersOwnAreAddedUp() {
    ParsedExposition shown =
        shown(
            "bridge",
            """
            {"a": {"networks": {"eth0": {"rx_bytes": 500}}},
             "b": {"networks": {"eth0": {"rx_bytes": 70}}}}
            """);

    assertThat(shown.value("ecs_network_receive_bytes_total", "interface", "eth0")).hasValue(570);
  }

  @Test
  void aSumNeverFallsWhenAContainerStopsOrBeginsAgainOrIsGone() {
    try (var server = MetadataServer.of("ec2").with("/task", TASK.formatted("bridge"));
        var exporter =
            TaskMetadataExporter.of(server.endpoint(), Clock.systemUTC(), System::nanoTime)) {
      assertThat(received(exporter, server, "500", "70")).isEqualTo(570);
      assertThat(received(exporter, server, null, "75")).isEqualTo(575);
      assertThat(received(exporter, server, "20", "75")).isEqualTo(595);
      assertThat(received(exporter, server, null, null)).isEqualTo(595);

      String replaced = TASK.formatted("bridge").replace("\"a\"", "\"c\"");
      server.with("/task", replaced);
      assertThat(received(exporter, server, null, "80")).isEqualTo(600);

      server.with("/task", replaced.replace("\"arn\"", "\"another\""));
      assertThat(received(exporter, server, null, "80")).isEqualTo(80);
    }
  }

  private static double received(
      TaskMetadataExporter exporter,
      MetadataServer server,
      @Nullable String web,
      @Nullable String proxy) {
    server.with("/task/stats", "{\"a\": %s, \"b\": %s}".formatted(stats(web), stats(proxy)));
    return Expositions.parse(Scraped.text(exporter))
        .value("ecs_network_receive_bytes_total", "interface", "eth0")
        .orElseThrow();
  }

  private static String stats(@Nullable String bytes) {
    return bytes == null
        ? "null"
        : "{\"networks\": {\"eth0\": {\"rx_bytes\": %s}}}".formatted(bytes);
  }
}
