package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.suite.Suite;
import dev.yagura.core.web.WebServer;
import dev.yagura.core.web.security.WebSecurity;
import dev.yagura.ecs.discovery.PrometheusServer;
import dev.yagura.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus itself scrapes a task of which only the exporter told it, through our web server. */
class TargetsPrometheusIT {
  /** Prometheus takes up a new list every five seconds at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration A_LOOK = Duration.ofMinutes(5);

  private static InetSocketAddress anywhere() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The task itself. */
  private static HttpServer task() throws IOException {
    var server = HttpServer.create(anywhere(), 16);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] body = "orders_total 7\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  private static WebServer serve(Suite suite) throws IOException {
    return new WebServer(
        suite,
        new WebServer.Settings(
            anywhere(),
            "/metrics",
            WebSecurity.none(),
            () -> Samples.of(List.of(), ConstantLabels.none()),
            "1",
            System::nanoTime,
            Clock.systemUTC()));
  }

  /** As docs/ecs.md has it. */
  private static String configuration(int port) {
    return """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: ecs
            http_sd_configs: [{url: "http://127.0.0.1:%d/sd/ecs", refresh_interval: 1s}]
            relabel_configs:
              - {source_labels: [__meta_ecs_cluster], target_label: cluster}
              - {source_labels: [__meta_ecs_service], target_label: service}
              - {source_labels: [__meta_ecs_container], target_label: container}
              - {source_labels: [__meta_ecs_environment], target_label: environment}
        """
        .formatted(port);
  }

  @Test
  void aTaskThatAsksForItIsScrapedWithClusterServiceAndEnvironment(@TempDir Path folder)
      throws Exception {
    PrometheusServer.assumePresent();
    HttpServer task = task();
    try (var world = new EcsWorld(TargetsIT.ENVIRONMENTS)) {
      int port = task.getAddress().getPort();
      TargetsIT.environment(world, port).startTask().privateIp("127.0.0.1").running();
      world.start().poll();
      try (var suite = new Suite(status -> List.of(world.exporter()), Clock.systemUTC());
          WebServer server = serve(suite);
          var prometheus =
              new PrometheusServer(folder, configuration(server.address().getPort()))) {
        world.pass(A_LOOK);

        assertThat(Await.until(PATIENCE, () -> !prometheus.query("orders_total").isEmpty()))
            .as("the task is scraped")
            .isTrue();
        JsonNode sample = prometheus.query("orders_total").get(0);
        assertThat(sample.path("value").path(1).asText()).isEqualTo("7");
        JsonNode labels = sample.path("metric");
        assertThat(labels.path("instance").asText()).isEqualTo("127.0.0.1:" + port);
        assertThat(labels.path("cluster").asText()).isEqualTo("dev");
        assertThat(labels.path("service").asText()).isEqualTo("pr-7");
        assertThat(labels.path("container").asText()).isEqualTo("app");
        assertThat(labels.path("environment").asText()).isEqualTo("pr-7");
      }
    } finally {
      task.stop(0);
    }
  }
}
