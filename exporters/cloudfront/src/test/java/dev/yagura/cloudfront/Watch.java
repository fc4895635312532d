package dev.yagura.cloudfront;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Note;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Selection;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.state.StateException;
import dev.yagura.testing.Await;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exporter as a user runs it, from the text of its section, while its clock stands still. */
final class Watch implements AutoCloseable {
  static final Instant NOW = LogGenerator.START.plus(Duration.ofHours(3));

  private final CloudFrontExporter exporter;

  private Watch(CloudFrontExporter exporter) {
    this.exporter = exporter;
  }

  /**
   * One that looks at this folder again and again.
   *
   * @param more keys of the section
   */
  static Watch of(Path state, LogFolder logs, String... more) throws StateException {
    return of(
        state,
        "sources: [{path: \"%s\", poll_interval: 1s}]\n".formatted(logs.pattern())
            + String.join("\n", more));
  }

  /** One with this section, but for the state folder. */
  static Watch of(Path state, String section) throws StateException {
    FakeClock clock = FakeClock.at(NOW);
    return new Watch(new CloudFrontExporter(config(state, section), aws(clock), clock, clock));
  }

  /** With the SDK's default chain; nothing is asked of it. */
  static Aws aws(FakeClock clock) {
    return new Aws(AwsSettings.defaults(), Patience.USUAL, AwsUse.fresh(clock, clock));
  }

  static CloudFrontConfig config(Path state, String section) {
    try {
      return ConfigFile.parse(
          "test.yml",
          "state_dir: \"%s\"\n%s".formatted(state, section),
          Map.of(),
          root -> CloudFrontConfig.read(root, Map.of(), AwsSettings.defaults()));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  CloudFrontExporter exporter() {
    return exporter;
  }

  ParsedExposition scrape() {
    return Expositions.parse(text());
  }

  String text() {
    return Expositions.render(start(Await.PATIENCE).await());
  }

  Pending start(Duration budget) {
    return exporter.start(
        Optional.empty(), Selection.all(), Deadline.after(budget, System::nanoTime));
  }

  /** Waits until so many files are counted or given up, and each source was looked at. */
  Watch awaitFiles(int files) {
    Await.until(
        files + " files are dealt with",
        () -> {
          ParsedExposition scrape = scrape();
          return sum(scrape, "cloudfront_log_objects_total")
                      + sum(scrape, "cloudfront_log_unreadable_objects_total")
                  == files
              && sum(scrape, "cloudfront_log_source_objects_total") >= files
              && scrape.value("cloudfront_log_objects_pending").orElse(1) == 0
              && scrape.samples("cloudfront_log_source_success").size()
                  == scrape.samples("cloudfront_log_source_objects_total").size()
              && sum(scrape, "cloudfront_log_source_failures_total") >= failing(scrape);
        });
    return this;
  }

  private static double sum(ParsedExposition scrape, String name) {
    return scrape.samples(name).stream().mapToDouble(Sample::value).sum();
  }

  private static long failing(ParsedExposition scrape) {
    return scrape.samples("cloudfront_log_source_success").stream()
        .filter(sample -> sample.value() == 0)
        .count();
  }

  List<Note> notes() {
    return exporter.notes();
  }

  Note note(String title) {
    return notes().stream()
        .filter(note -> note.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no note " + title + " in " + notes()));
  }

  Answer page(String path, Map<String, List<String>> parameters) throws IOException {
    return exporter.pages().stream()
        .filter(page -> page.path().equals(path))
        .findFirst()
        .orElseThrow()
        .answerer()
        .answer(parameters);
  }

  /** Closes it before its end, as a reload does with the one before. */
  void retire() {
    exporter.close();
  }

  @Override
  public void close() {
    retire();
  }
}
