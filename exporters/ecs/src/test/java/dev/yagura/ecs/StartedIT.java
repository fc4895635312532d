package dev.yagura.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Selection;
import dev.yagura.testing.Await;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.LeakCheck;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.aws.AwsDouble;
import dev.yagura.testing.aws.EcsContainer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** As a process runs it: with its own threads and the machine's clock. */
class StartedIT {
  @RegisterExtension
  static final LeakCheck LEAKS = LeakCheck.allowing(AwsDouble.THREADS, "Keep-Alive-");

  private static ParsedExposition scrape(EcsExporter exporter) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), System::nanoTime);
    return Expositions.parse(
        Expositions.render(exporter.scrape(Optional.empty(), Selection.all(), deadline)));
  }

  @Test
  void itAsksInTheBackgroundAndLeavesNoThreadBehind(@TempDir Path folder) throws Exception {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    try (AwsDouble aws = AwsDouble.start(Clock.systemUTC())) {
      var ecs = aws.account().ecs(EcsWorld.REGION);
      for (int i = 0; i < 2; i++) {
        ecs.cluster("cluster-" + i)
            .service("web")
            .desired(1)
            .deploy(ecs.taskDefinition("web", EcsContainer.named("app")))
            .startTask()
            .running();
      }
      String text =
          "endpoint_url: \"%s\"\naccounts: [{name: prod, regions: [%s]}]\n"
              .formatted(aws.endpoint(), EcsWorld.REGION);
      AwsSettings settings = ConfigFile.parse("test.yml", text, Map.of(), AwsSettings::read);
      EcsConfig config =
          ConfigFile.parse(
              "test.yml",
              "state_dir: \"" + folder + "\"",
              Map.of(),
              root -> EcsConfig.read(root, Map.of(), settings));
      var use = AwsUse.fresh(Clock.systemUTC(), System::nanoTime);
      try (var plane = new Aws(settings, Patience.USUAL, use);
          EcsExporter exporter = EcsExporter.started(config, plane, new EcsMemory())) {
        Await.until(
            "all clusters are shown", () -> scrape(exporter).samples("ecs_tasks").size() == 2);
        assertThat(scrape(exporter).samples("yagura_scrape_success"))
            .filteredOn(sample -> sample.label("scraper").equals("tasks"))
            .hasSize(2)
            .allMatch(sample -> sample.value() == 1);
      }
    }
  }
}
