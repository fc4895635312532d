package dev.yagura.all;

import dev.yagura.aurorapostgres.AuroraPostgresConfig;
import dev.yagura.aurorapostgres.AuroraPostgresExporter;
import dev.yagura.aws.AwsExporter;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.cloudfront.CloudFrontConfig;
import dev.yagura.cloudfront.CloudFrontExporter;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Section;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.suite.ReloadStatus;
import dev.yagura.state.StateException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration: a section an exporter, and one for AWS.
 *
 * @param aws accounts, regions and money, for whatever asks AWS
 * @param auroraPostgres null if neither the file nor the environment names a server
 * @param cloudFront null if neither the file nor the environment names a source of logs
 */
record Configuration(
    AwsSettings aws,
    @Nullable AuroraPostgresConfig auroraPostgres,
    @Nullable CloudFrontConfig cloudFront) {
  private static final String AWS = "aws";
  private static final String AURORA_POSTGRES = "aurora_postgres";
  private static final String CLOUDFRONT = "cloudfront";

  /** What a configuration is read from. */
  record Source(@Nullable Path file, Map<String, String> environment) {
    <T> T read(Function<Section, T> root) throws ConfigException {
      return file == null
          ? ConfigFile.parse("environment", "", environment, root)
          : ConfigFile.load(file, environment, root);
    }

    boolean isEnvironment() {
      return file == null;
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
          boolean logs = CloudFrontConfig.isIn(source.environment());
          boolean servers = AuroraPostgresConfig.isIn(source.environment());
          // Without anything at all the complaint is that of the exporter that most people want.
          return new Configuration(
              aws(root),
              root.has(AURORA_POSTGRES) || (source.isEnvironment() && (servers || !logs))
                  ? auroraPostgres(root, source)
                  : null,
              root.has(CLOUDFRONT) || (source.isEnvironment() && logs)
                  ? cloudFront(root, source)
                  : null);
        });
  }

  /**
   * The Aurora PostgreSQL exporter alone, whatever else the file configures.
   *
   * @throws ConfigException with all that is wrong
   */
  static Configuration readAuroraPostgres(Source source) throws ConfigException {
    return source.read(
        root -> {
          leaveAlone(root, CLOUDFRONT);
          return new Configuration(aws(root), auroraPostgres(root, source), null);
        });
  }

  /**
   * The CloudFront exporter alone, whatever else the file configures.
   *
   * @throws ConfigException with all that is wrong
   */
  static Configuration readCloudFront(Source source) throws ConfigException {
    return source.read(
        root -> {
          leaveAlone(root, AURORA_POSTGRES);
          return new Configuration(aws(root), null, cloudFront(root, source));
        });
  }

  /** A section that was asked for is known, and only one that is read is checked. */
  @SuppressWarnings("CheckReturnValue")
  private static void leaveAlone(Section root, String section) {
    root.has(section);
  }

  private static AwsSettings aws(Section root) {
    return root.section(
        AWS,
        section -> {
          leaveAlone(section, "cloudwatch");
          return AwsSettings.read(section);
        },
        AwsSettings.defaults());
  }

  private static AuroraPostgresConfig auroraPostgres(Section root, Source source) {
    return read(root, source, AURORA_POSTGRES, AuroraPostgresConfig::read);
  }

  private static CloudFrontConfig cloudFront(Section root, Source source) {
    return read(root, source, CLOUDFRONT, CloudFrontConfig::read);
  }

  private static <T> T read(
      Section root,
      Source source,
      String name,
      BiFunction<Section, Map<String, String>, T> exporter) {
    Function<Section, T> read = section -> exporter.apply(section, source.environment());
    // Without a section the environment tells, by the same reader and with the same complaints.
    return root.section(name, read).orElseGet(() -> read.apply(root));
  }

  /**
   * Starts what is configured.
   *
   * @param use what the process asked of AWS so far, and is to ask
   * @throws ConfigException if one cannot be started; those before it are closed
   */
  List<Exporter> start(Supplier<ReloadStatus> status, AwsUse use) throws ConfigException {
    List<Exporter> exporters = new ArrayList<>();
    Clock clock = Clock.systemUTC();
    var account = new Aws(aws, Patience.USUAL, use);
    String section = AURORA_POSTGRES;
    try {
      if (auroraPostgres != null) {
        exporters.add(
            new AuroraPostgresExporter(auroraPostgres, status, account, System::nanoTime, clock)
                .begin());
      }
      section = CLOUDFRONT;
      if (cloudFront != null) {
        exporters.add(new CloudFrontExporter(cloudFront, clock, System::nanoTime));
      }
    } catch (StateException | IllegalArgumentException e) {
      exporters.forEach(Exporter::close);
      account.close();
      throw ConfigException.of(section + ": " + e.getMessage());
    }
    if (usesAws()) {
      exporters.add(new AwsExporter(account)); // Last, as it closes what the others ask.
    } else {
      account.close();
    }
    return exporters;
  }

  private boolean usesAws() {
    return auroraPostgres != null && !auroraPostgres.discovery().isEmpty();
  }
}
