package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.Family;
import dev.yagura.ecs.reasons.StopReason;
import dev.yagura.ecs.taskmetadata.TaskMetadataExporter;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.MetricTable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics/ecs.md} is what the exporter declares. */
class MetricReferenceTest {
  private static final Map<String, Pattern> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put(
        "Clusters and capacity",
        Pattern.compile(
            "ecs_(up|clusters?|services|container_instances?|capacity_provider)(_.*)?"));
    SECTIONS.put(
        "Services and deployments", Pattern.compile("ecs_(service|deployment|placement)_.*"));
    SECTIONS.put("Tasks and why they stop", Pattern.compile("ecs_(tasks?|stops?)(_.*)?"));
    SECTIONS.put("Events", Pattern.compile("ecs_events_.*"));
    SECTIONS.put("Load balancers", Pattern.compile("elb_.*"));
    SECTIONS.put("Environments", Pattern.compile("ecs_environments?(_.*)?"));
    SECTIONS.put("Targets for Prometheus", Pattern.compile("ecs_discovery_.*"));
  }

  private static List<Family<?>> own(List<Family<?>> all) {
    return all.stream().filter(family -> !family.name().startsWith("yagura_")).toList();
  }

  @Test
  void thePageListsWhatIsDeclared() {
    List<Family<?>> left = new ArrayList<>(own(Declared.families()));
    var sections = new StringBuilder();
    SECTIONS.forEach(
        (title, names) -> {
          List<Family<?>> its =
              left.stream().filter(family -> names.matcher(family.name()).matches()).toList();
          left.removeAll(its);
          sections.append("## ").append(title).append("\n\n").append(MetricTable.of(its));
        });
    assertThat(left).isEmpty();
    try (var task =
        TaskMetadataExporter.of(
            URI.create("http://127.0.0.1/v4"), FakeClock.at(EcsWorld.START), () -> 0)) {
      sections
          .append("## One task, with --task-metadata\n\n")
          .append("These have none of the labels above.\n\n")
          .append(MetricTable.of(own(task.families())));
    }
    String page =
        """
        # Metrics of ecs

        Generated from the exporter by `make golden`; CI fails if it is stale. Every sample of a cluster
        carries `account`, `region` and `cluster` as well, every other one `account` and `region`, but for
        events and how stops are counted, which are of all together. How to read them is in [ecs.md](../ecs.md).

        """
            + sections.toString().stripTrailing()
            + "\n";
    Goldens.in(Path.of("../../docs/metrics")).assertFileMatches("ecs.md", page);
  }

  @Test
  void thePageAboutEcsNamesEveryReasonOfAStop() throws Exception {
    String page = Files.readString(Path.of("../../docs/ecs.md"));
    assertThat(StopReason.values()).allMatch(reason -> page.contains(reason.label()));
  }
}
