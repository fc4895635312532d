package dev.yagura.benchmark.cloudwatch;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.aws.cloudwatch.CounterStore;
import dev.yagura.cloudwatch.CloudWatchConfig;
import dev.yagura.cloudwatch.CloudWatchExporter;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Section;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Selection;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import dev.yagura.testing.Expositions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
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

  /**
   * Runs Yagura with this configuration until it has asked everything once, and then moves what it
   * remembers into the past; an exporter with another clock would be set right by AWS.
   *
   * @param ago whole minutes
   */
  static void begin(Path configuration, Duration ago)
      throws ConfigException, StateException, SQLException, IOException, InterruptedException {
    Settings settings = ConfigFile.load(configuration, Map.of(), Settings::read);
    long started = System.nanoTime();
    try (var aws =
            new Aws(
                settings.aws(), Patience.USUAL, AwsUse.fresh(Clock.systemUTC(), System::nanoTime));
        var exporter = CloudWatchExporter.started(settings.cloudWatch(), aws)) {
      while (!hasAsked(exporter, settings.cloudWatch().sets().size())) {
        if (System.nanoTime() - started > PATIENCE.toNanos()) {
          throw new IOException("counters did not begin");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    Path stateDir = settings.cloudWatch().stateDir().orElseThrow();
    try (var state = StateDatabase.open(stateDir, CounterStore.APPLICATION, Clock.systemUTC());
        var statement = state.writer().createStatement()) {
      long seconds = ago.toSeconds();
      statement.executeUpdate(
          "UPDATE counter SET open = open - " + seconds + ", until = until - " + seconds);
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
