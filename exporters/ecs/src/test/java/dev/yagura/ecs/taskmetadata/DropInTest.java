package dev.yagura.ecs.taskmetadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import dev.yagura.testing.NameRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What dashboards of ecs_exporter query is there under the same name, type and labels. */
class DropInTest {
  private static final List<Family<?>> FAMILIES =
      new TaskTarget(URI.create("http://127.0.0.1")).families();

  @Test
  void everyFamilyOfEcsExporterIsThere() throws IOException {
    List<String> theirs =
        Files.readAllLines(Path.of("src/test/resources/ecs_exporter_metrics.tsv")).stream()
            .skip(1)
            .toList();

    assertThat(FAMILIES.stream().map(DropInTest::row)).containsAll(theirs).hasSizeGreaterThan(39);
    assertThat(theirs).hasSize(39);
  }

  @Test
  void theOthersAreOurOwn() throws IOException {
    String theirs = Files.readString(Path.of("src/test/resources/ecs_exporter_metrics.tsv"));

    assertThat(FAMILIES.stream().map(Family::name).filter(name -> !theirs.contains(name + "\t")))
        .containsExactlyInAnyOrder(
            "ecs_task_up",
            "ecs_task_service_info",
            "ecs_container_info",
            "ecs_container_healthy",
            "ecs_container_exit_code",
            "ecs_container_start_timestamp_seconds",
            "ecs_container_finish_timestamp_seconds");
  }

  /** There is none to excuse, not even one of theirs. */
  @Test
  void noNameBreaksARule() {
    assertThat(NameRules.broken(FAMILIES)).isEmpty();
  }

  private static String row(Family<?> family) {
    return family.name()
        + "\t"
        + family.type().textName()
        + "\t"
        + String.join(",", family.labels().names());
  }
}
