package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Selection;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** One scrape of an exporter that is made for it. */
final class Scraped {
  private Scraped() {}

  static String text(URI endpoint) {
    try (var exporter = TaskMetadataExporter.of(endpoint, Clock.systemUTC(), System::nanoTime)) {
      return text(exporter);
    }
  }

  /** One scrape of one that may be scraped again. */
  static String text(TaskMetadataExporter exporter) {
    return Expositions.render(
        exporter.scrape(
            Optional.empty(),
            Selection.all(),
            Deadline.after(Duration.ofSeconds(10), System::nanoTime)));
  }

  static ParsedExposition of(MetadataServer server) {
    return Expositions.parse(text(server.endpoint()));
  }
}
