package dev.yagura.ecs.discovery;

import static dev.yagura.ecs.discovery.Listed.PORT;
import static dev.yagura.ecs.discovery.TaskMaker.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Page;
import dev.yagura.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus itself scrapes what the page lists. */
class DiscoveryPrometheusIT {
  private static final String PLACE = "prod/eu-central-1";

  /** Prometheus takes up a new list every five seconds at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final TargetLists lists = new TargetLists(List.of(PLACE), System::nanoTime);
  private final HttpServer site = server();
  private final HttpServer own = server();
  private final HttpServer bridged = server();

  @AfterEach
  void close() {
    List.of(site, own, bridged).forEach(each -> each.stop(0));
  }

  private static HttpServer server() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }

  private static void serve(HttpServer server, String path, Page.Answerer answerer) {
    server.createContext(path, exchange -> send(exchange, answerer.answer(Map.of())));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.bytes().length);
      exchange.getResponseBody().write(answer.bytes());
    }
  }

  private String configuration() {
    return """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: ecs
            http_sd_configs:
              - url: http://127.0.0.1:%d%s
                refresh_interval: 1s
            relabel_configs:
              - action: labelmap
                regex: __meta_ecs_(cluster|service|task_id|tag_task_team)
        """
        .formatted(port(site), SdPage.PATH);
  }

  private static Map<String, String> labels(JsonNode sample) {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : sample.path("metric").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    return labels;
  }

  /** The labels of what is up, by instance. */
  private static Map<String, Map<String, String>> up(PrometheusServer prometheus) {
    Map<String, Map<String, String>> up = new HashMap<>();
    for (JsonNode sample : prometheus.query("up == 1")) {
      up.put(labels(sample).getOrDefault("instance", ""), labels(sample));
    }
    return up;
  }

  private static Map<String, Map<String, String>> await(
      String what, PrometheusServer prometheus, Predicate<Map<String, ?>> condition) {
    assertThat(Await.until(PATIENCE, () -> condition.test(up(prometheus)))).as(what).isTrue();
    return up(prometheus);
  }

  private void list(TaskMaker... tasks) {
    Map<String, String> hosts = Map.of(TaskMaker.HOST, "127.0.0.1");
    lists.put(PLACE, Listed.of(hosts, DiscoveryConfig.defaults(), tasks).targets());
  }

  @Test
  void whatIsListedIsScrapedWithItsLabels(@TempDir Path folder) throws Exception {
    PrometheusServer.assumePresent();
    serve(site, SdPage.PATH, SdPage.of(lists::state, Duration.ofSeconds(1)).answerer());
    serve(own, "/metrics", asked -> Answer.text(200, "a_metric 1\n"));
    serve(bridged, "/stats", asked -> Answer.text(200, "a_metric 2\n"));
    TaskMaker first =
        task("a").awsvpc("127.0.0.1").label("web", PORT, "" + port(own)).tag("team", "a \"b\" ü");
    TaskMaker second =
        task("b")
            .onHost("bridge")
            .label("web", PORT, "9090/stats")
            .label("web", "PROMETHEUS_EXPORTER_JOB_NAME", "shop")
            .bound("web", 9090, port(bridged));

    try (var prometheus = new PrometheusServer(folder, configuration())) {
      list(first, second);
      Map<String, Map<String, String>> up =
          await("both are up", prometheus, all -> all.size() == 2);

      assertThat(up.get("127.0.0.1:" + port(own)))
          .containsEntry("job", "ecs")
          .containsEntry("cluster", "main")
          .containsEntry("service", "web")
          .containsEntry("task_id", "a")
          .containsEntry("tag_task_team", "a \"b\" ü");
      assertThat(up.get("127.0.0.1:" + port(bridged)))
          .containsEntry("job", "shop")
          .containsEntry("task_id", "b")
          .doesNotContainKey("tag_task_team");

      list(second);
      await("the first is gone", prometheus, all -> all.size() == 1);
    }
  }
}
