package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.discovery.AuroraMemory;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.suite.ReloadStatus;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.ParsedExposition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An exporter as a user runs it, from the text of its configuration. */
final class Watch implements AutoCloseable {
  private final AuroraPostgresExporter exporter;

  private Watch(AuroraPostgresExporter exporter) {
    this.exporter = exporter;
  }

  /** The section {@code aurora_postgres}, as YAML whose keys begin in the first column. */
  static Watch of(String section) {
    return of(section, Map.of());
  }

  static Watch of(String section, Map<String, String> environment) {
    try {
      AuroraPostgresConfig config =
          ConfigFile.parse(
              "test.yml",
              section,
              environment,
              root -> AuroraPostgresConfig.read(root, environment, AwsSettings.defaults()));
      return new Watch(
          new AuroraPostgresExporter(
              config,
              () -> new ReloadStatus(true, Instant.EPOCH),
              new Aws(
                  AwsSettings.defaults(),
                  Patience.USUAL,
                  AwsUse.fresh(Clock.systemUTC(), System::nanoTime)),
              new AuroraMemory(),
              System::nanoTime,
              Clock.systemUTC()));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** One server at this port of 127.0.0.1, as postgres, all else by default. */
  static Watch port(int port, String database) {
    return of("", Map.of("DATA_SOURCE_NAME", address(port, database)));
  }

  static String address(int port, String database) {
    return "postgresql://postgres@127.0.0.1:" + port + "/" + database + "?sslmode=disable";
  }

  AuroraPostgresExporter exporter() {
    return exporter;
  }

  ParsedExposition scrape() {
    return scrape(Duration.ofSeconds(20));
  }

  ParsedExposition scrape(Duration budget) {
    return Expositions.parse(text(budget));
  }

  String text(Duration budget) {
    return Expositions.render(
        exporter
            .start(Optional.empty(), Selection.all(), Deadline.after(budget, System::nanoTime))
            .await());
  }

  @Override
  public void close() {
    exporter.close();
  }
}
