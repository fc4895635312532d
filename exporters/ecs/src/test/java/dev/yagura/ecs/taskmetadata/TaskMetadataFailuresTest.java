package dev.yagura.ecs.taskmetadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said where the endpoint does not answer, or not what was asked for. */
class TaskMetadataFailuresTest {
  private static void assertFailed(ParsedExposition shown, String scraper, String reason) {
    assertThat(shown.value("yagura_scrape_success", "scraper", scraper)).hasValue(0);
    assertThat(shown.samples("yagura_scrape_failures_total"))
        .filteredOn(sample -> sample.label("scraper").equals(scraper))
        .extracting(sample -> sample.label("reason"))
        .containsExactly(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid",
    "403, denied",
    "404, invalid",
    "429, throttled",
    "500, unreachable",
    "503, unreachable",
    "302, invalid"
  })
  void aStatusIsTheReason(int status, String reason) {
    try (var server = MetadataServer.of("ec2").with("/task", status, "no")) {
      ParsedExposition shown = Scraped.of(server);

      assertFailed(shown, "task", reason);
      assertFailed(shown, "stats", reason);
      assertThat(shown.value("ecs_task_up")).hasValue(0);
      assertThat(shown.families()).doesNotContain("ecs_task_metadata_info");
    }
  }

  @Test
  void whereOnlyTheStatisticsFailTheTaskIsStillShown() {
    try (var server = MetadataServer.of("ec2").with("/task/stats", 429, "slow down")) {
      ParsedExposition shown = Scraped.of(server);

      assertFailed(shown, "stats", "throttled");
      assertThat(shown.value("ecs_task_up")).hasValue(1);
      assertThat(shown.value("yagura_scrape_success", "scraper", "task")).hasValue(1);
      assertThat(shown.value("ecs_container_exit_code", "container_name", "migrate")).hasValue(137);
      assertThat(shown.families()).doesNotContain("ecs_container_memory_usage_bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"TaskARN\":\"a\"} {}",
        "{\"Cluster\":\"main\"}",
        "<html>"
      })
  void whatIsNoTaskIsInvalid(String body) {
    try (var server = MetadataServer.of("ec2").with("/task", body)) {
      assertFailed(Scraped.of(server), "task", "invalid");
    }
  }

  @Test
  void anAnswerIsReadNoDeeperAndNoFurtherThanItMayBe() {
    try (var server = MetadataServer.of("ec2")) {
      server.with("/task", "[".repeat(10_000));
      assertFailed(Scraped.of(server), "task", "invalid");

      server.with("/task", " ".repeat(5 << 20) + MetadataServer.fixture("ec2-task"));
      assertFailed(Scraped.of(server), "task", "invalid");
    }
  }

  @Test
  void fieldsOfAnotherKindAreAsAbsent() {
    try (var server = MetadataServer.of("ec2")) {
      server
          .with(
              "/task",
              """
              {"TaskARN": "arn", "Limits": [1], "PullStartedAt": "yesterday", "Containers": [
                {"DockerId": "a", "Name": "web", "Limits": {"Memory": "128"}, "ExitCode": "1",
                 "Health": "HEALTHY", "Networks": {}}]}
              """)
          .with(
              "/task/stats",
              """
              {"a": {"cpu_stats": [], "memory_stats": {"usage": null, "stats": 7},
                "networks": {"eth0": {"rx_bytes": "7"}}}}
              """);
      ParsedExposition shown = Scraped.of(server);

      assertThat(shown.value("yagura_scrape_success", "scraper", "task")).hasValue(1);
      assertThat(shown.value("yagura_scrape_success", "scraper", "stats")).hasValue(1);
      assertThat(shown.families())
          .contains("ecs_container_info")
          .doesNotContain(
              "ecs_task_memory_limit_bytes",
              "ecs_task_image_pull_start_timestamp_seconds",
              "ecs_container_exit_code",
              "ecs_container_healthy",
              "ecs_container_memory_usage_bytes",
              "ecs_container_memory_limit_failures_total",
              "ecs_network_receive_bytes_total");
    }
  }
}
