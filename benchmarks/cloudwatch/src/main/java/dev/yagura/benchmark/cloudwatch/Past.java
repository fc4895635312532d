package dev.yagura.benchmark.cloudwatch;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.cloudwatch.CloudWatchConfig;
import dev.yagura.cloudwatch.CloudWatchExporter;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Section;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Selection;
import dev.yagura.state.StateException;
import dev.yagura.testing.Expositions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets counters begin in the past. An exporter that runs for two hours reads those two hours anew
 * in each refresh, in case CloudWatch corrects them; one that just began does not.
 */
final class Past {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private record Settings(AwsSettings aws, CloudWatchConfig cloudWatch) {
    static Settings read(Section root) {
      return root.section(
          "aws",
          aws ->
              new Settings(
                  AwsSettings.read(aws),
                  aws.section(
                      "cloudwatch",
                      each -> CloudWatchConfig.read(each, Map.of()),
                      CloudWatchConfig.defaults(Map.of()))),
          new Settings(AwsSettings.defaults(), CloudWatchConfig.defaults(Map.of())));
    }
  }

  private Past() {}

  /** Runs Yagura with this configuration as it was then, until it has asked everything once. */
  static void begin(Path configuration, Duration ago)
      throws ConfigException, StateException, IOException, InterruptedException {
    Settings settings = ConfigFile.load(configuration, Map.of(), Settings::read);
    Clock then = Clock.offset(Clock.systemUTC(), ago.negated());
    long started = System.nanoTime();
    try (var aws = new Aws(settings.aws(), Patience.USUAL, AwsUse.fresh(then, System::nanoTime));
        var exporter = CloudWatchExporter.started(settings.cloudWatch(), aws)) {
      while (!hasAsked(exporter, settings.cloudWatch().sets().size())) {
        if (System.nanoTime() - started > PATIENCE.toNanos()) {
          throw new IOException("counters did not begin");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static boolean hasAsked(CloudWatchExporter exporter, int sets) {
    String text =
        Expositions.render(
            exporter.scrape(
                Optional.empty(),
                Selection.all(),
                Deadline.after(Duration.ofSeconds(5), System::nanoTime)));
    return ExpositionText.parse(text)
            .named("yagura_scrape_success")
            .filter(sample -> sample.value() == 1 && !sample.label("scraper").isEmpty())
            .count()
        >= sets;
  }
}
