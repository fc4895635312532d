package dev.yagura.all;

import dev.yagura.aurorapostgres.AuroraPostgresConfig;
import dev.yagura.aurorapostgres.AuroraPostgresExporter;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Section;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.suite.ReloadStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration: a section an exporter.
 *
 * @param auroraPostgres null if neither the file nor the environment names a server
 */
record Configuration(@Nullable AuroraPostgresConfig auroraPostgres) {
  private static final String AURORA_POSTGRES = "aurora_postgres";

  /** What a configuration is read from. */
  record Source(@Nullable Path file, Map<String, String> environment) {
    <T> T read(Function<Section, T> root) throws ConfigException {
      return file == null
          ? ConfigFile.parse("environment", "", environment, root)
          : ConfigFile.load(file, environment, root);
    }
  }

  /**
   * Everything that is configured.
   *
   * @throws ConfigException with all that is wrong
   */
  static Configuration read(Source source) throws ConfigException {
    return source.read(
        root -> {
          boolean wanted = root.has(AURORA_POSTGRES) || source.file() == null;
          return new Configuration(wanted ? auroraPostgres(root, source) : null);
        });
  }

  /**
   * The Aurora PostgreSQL exporter alone, whatever else the file configures.
   *
   * @throws ConfigException with all that is wrong
   */
  static Configuration readAuroraPostgres(Source source) throws ConfigException {
    return source.read(root -> new Configuration(auroraPostgres(root, source)));
  }

  private static AuroraPostgresConfig auroraPostgres(Section root, Source source) {
    Function<Section, AuroraPostgresConfig> read =
        section -> AuroraPostgresConfig.read(section, source.environment());
    Optional<AuroraPostgresConfig> configured = root.section(AURORA_POSTGRES, read);
    // Without a section the environment tells, by the same reader and with the same complaints.
    return configured.orElseGet(() -> read.apply(root));
  }

  /** Starts what is configured. */
  List<Exporter> start(Supplier<ReloadStatus> status) {
    return auroraPostgres == null
        ? List.of()
        : List.of(
            new AuroraPostgresExporter(
                auroraPostgres, status, System::nanoTime, Clock.systemUTC()));
  }
}
