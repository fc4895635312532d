package dev.yagura.ecs.discovery;

import static dev.yagura.ecs.discovery.Listed.PORT;
import static dev.yagura.ecs.discovery.TaskMaker.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.page.Answer;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.Goldens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetLabelsTest {
  private static Answer page(TargetLists lists) throws IOException {
    return SdPage.of(lists::state, Duration.ofSeconds(30)).answerer().answer(Map.of());
  }

  @Test
  void aTargetHasTheLabelsItHadBefore() throws IOException {
    ScrapeTargets list =
        Listed.of(
            task("a")
                .label("web", PORT, "9090/m")
                .label("web", "PROMETHEUS_EXPORTER_SCHEME", "https")
                .label("web", "PROMETHEUS_EXPORTER_JOB_NAME", " Shop \"1\" ")
                .tag("Team", "a\\b")
                .tag("cost:center", "ü\n")
                .definitionTag("aws.owner", "<me>"),
            task("b").onHost("bridge").label("web", PORT, "9090").bound("web", 9090, 32768));
    var lists = new TargetLists(List.of("prod/eu-central-1"), () -> 0);
    lists.put("prod/eu-central-1", list.targets());

    Goldens.in(getClass())
        .assertFileMatches(
            "sd-ecs.json", page(lists).body().replace("},{", "},\n{").replace(",\"_", ",\n \"_"));
  }

  @Test
  void ofTagsWhoseNamesBecomeOneTheLastOneStands() {
    TaskMaker task = task("a").label("web", PORT, "1");
    for (String between : List.of(":", "+", "-", "/", ".", " ", "=")) {
      task.tag("a" + between + "b", between);
    }

    assertThat(Listed.of(task).targets().get(0).labels())
        .containsEntry("__meta_ecs_tag_task_a_b", "=");
  }

  @Test
  void aPlaceThatNeverAnswersHidesTheOthersNoLongerThanItIsWaitedFor() throws IOException {
    var clock = FakeClock.at(Instant.EPOCH);
    var lists = new TargetLists(List.of("prod/a", "prod/b"), clock);
    clock.advance(DiscoveryScraper.GRACE);
    assertThat(page(lists).status()).as("no place has a list").isEqualTo(503);

    lists.put("prod/b", List.of(new ScrapeTarget("h:1", Map.of())));

    assertThat(page(lists).body()).isEqualTo("[{\"targets\":[\"h:1\"],\"labels\":{}}]\n");
  }

  @Test
  void thePageIsThereOnceEveryPlaceHasAListAndThenStays() throws IOException {
    var clock = FakeClock.at(Instant.EPOCH);
    var lists = new TargetLists(List.of("prod/a", "prod/b"), clock);
    assertThat(page(lists).status()).isEqualTo(503);
    assertThat(page(lists).body()).isEqualTo("no list yet: no answer for prod/a, prod/b; see /\n");

    lists.put("prod/b", List.of(new ScrapeTarget("h:1", Map.of("a", "b"))));
    assertThat(page(lists).body()).isEqualTo("no list yet: no answer for prod/a; see /\n");

    lists.put("prod/a", List.of());
    assertThat(page(lists).status()).isEqualTo(200);
    assertThat(page(lists).body())
        .isEqualTo("[{\"targets\":[\"h:1\"],\"labels\":{\"a\":\"b\"}}]\n");
    assertThat(page(lists).headers()).containsEntry("X-Prometheus-Refresh-Interval-Seconds", "30");
  }
}
