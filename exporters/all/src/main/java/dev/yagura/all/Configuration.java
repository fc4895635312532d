package dev.yagura.all;

import dev.yagura.aurorapostgres.AuroraPostgresConfig;
import dev.yagura.aurorapostgres.AuroraPostgresExporter;
import dev.yagura.aws.AwsExporter;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.Patience;
import dev.yagura.cloudfront.CloudFrontConfig;
import dev.yagura.cloudfront.CloudFrontExporter;
import dev.yagura.cloudwatch.CloudWatchConfig;
import dev.yagura.cloudwatch.CloudWatchExporter;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.config.Section;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.suite.ReloadStatus;
import dev.yagura.ecs.EcsConfig;
import dev.yagura.ecs.EcsExporter;
import dev.yagura.state.StateException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration: a section an exporter.
 *
 * @param aws what all that ask AWS share
 * @param cloudWatch null if it is not to be asked
 * @param auroraPostgres null if neither the file nor the environment names a server
 * @param cloudFront null if neither the file nor the environment names a source of logs
 * @param ecs null if it is not to be watched
 */
record Configuration(
    AwsSettings aws,
    @Nullable CloudWatchConfig cloudWatch,
    @Nullable AuroraPostgresConfig auroraPostgres,
    @Nullable CloudFrontConfig cloudFront,
    @Nullable EcsConfig ecs) {
  private static final String AWS = "aws";
  private static final String AURORA_POSTGRES = "aurora_postgres";
  private static final String CLOUDFRONT = "cloudfront";
  private static final String ECS = "ecs";

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
          AwsSection aws = aws(root, source);
          return new Configuration(
              aws.settings(),
              aws.cloudWatch().orElse(null),
              root.has(AURORA_POSTGRES) || (source.isEnvironment() && (servers || !logs))
                  ? auroraPostgres(root, source, aws.settings())
                  : null,
              root.has(CLOUDFRONT) || (source.isEnvironment() && logs)
                  ? cloudFront(root, source, aws.settings())
                  : null,
              root.has(ECS) ? ecs(root, source, aws.settings()) : null);
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
          leaveAlone(root, CLOUDFRONT, ECS);
          AwsSettings aws = aws(root, source).settings();
          return new Configuration(aws, null, auroraPostgres(root, source, aws), null, null);
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
          leaveAlone(root, AURORA_POSTGRES, ECS);
          AwsSection aws = aws(root, source);
          return new Configuration(
              aws.settings(), null, null, cloudFront(root, source, aws.settings()), null);
        });
  }

  /**
   * CloudWatch alone, whatever else the file configures.
   *
   * @throws ConfigException with all that is wrong
   */
  static Configuration readCloudWatch(Source source) throws ConfigException {
    return source.read(
        root -> {
          leaveAlone(root, AURORA_POSTGRES, CLOUDFRONT, ECS);
          AwsSection aws = aws(root, source);
          CloudWatchConfig cloudWatch =
              aws.cloudWatch().orElseGet(() -> CloudWatchConfig.defaults(source.environment()));
          return new Configuration(aws.settings(), cloudWatch, null, null, null);
        });
  }

  /**
   * ECS alone, whatever else the file configures; without a section all there is of it.
   *
   * @throws ConfigException with all that is wrong
   */
  static Configuration readEcs(Source source) throws ConfigException {
    return source.read(
        root -> {
          leaveAlone(root, AURORA_POSTGRES, CLOUDFRONT);
          AwsSettings aws = aws(root, source).settings();
          return new Configuration(aws, null, null, null, ecs(root, source, aws));
        });
  }

  /**
   * The section {@code aws}.
   *
   * @param cloudWatch is read by the exporter that asks it; empty where the key is not there, as it
   *     costs money
   */
  private record AwsSection(AwsSettings settings, Optional<CloudWatchConfig> cloudWatch) {}

  private static AwsSection aws(Section root, Source source) {
    return root.section(
        AWS,
        section ->
            new AwsSection(
                AwsSettings.read(section),
                section.section(
                    "cloudwatch",
                    cloudWatch -> CloudWatchConfig.read(cloudWatch, source.environment()))),
        new AwsSection(AwsSettings.defaults(), Optional.empty()));
  }

  /** A section that was asked for is known, and only one that is read is checked. */
  private static void leaveAlone(Section root, String... sections) {
    for (String section : sections) {
      boolean unused = root.has(section);
    }
  }

  private static AuroraPostgresConfig auroraPostgres(Section root, Source source, AwsSettings aws) {
    return read(
        root,
        source,
        AURORA_POSTGRES,
        (section, environment) -> AuroraPostgresConfig.read(section, environment, aws));
  }

  private static CloudFrontConfig cloudFront(Section root, Source source, AwsSettings aws) {
    return read(
        root,
        source,
        CLOUDFRONT,
        (section, environment) -> CloudFrontConfig.read(section, environment, aws));
  }

  private static EcsConfig ecs(Section root, Source source, AwsSettings aws) {
    return read(
        root, source, ECS, (section, environment) -> EcsConfig.read(section, environment, aws));
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
   * @param memory of this process, over all reloads
   * @throws ConfigException if one cannot be started; those before it are closed
   */
  List<Exporter> start(Supplier<ReloadStatus> status, Memory memory) throws ConfigException {
    List<Exporter> exporters = new ArrayList<>();
    Clock clock = memory.aws().clock();
    LongSupplier nanoClock = memory.aws().nanoClock();
    var asked = new Aws(aws, Patience.USUAL, memory.aws());
    boolean asks = false;
    try {
      if (auroraPostgres != null) {
        exporters.add(
            AuroraPostgresExporter.started(
                auroraPostgres, status, asked, memory.aurora(), nanoClock, clock));
        asks |= auroraPostgres.usesAws();
      }
      if (cloudFront != null) {
        exporters.add(new CloudFrontExporter(cloudFront, asked, clock, nanoClock));
        asks |= cloudFront.usesAws();
      }
      if (cloudWatch != null) {
        exporters.add(CloudWatchExporter.started(cloudWatch, asked));
        asks = true;
      }
      if (ecs != null) {
        exporters.add(EcsExporter.started(ecs, asked, memory.ecs()));
        asks = true;
      }
    } catch (StateException | IllegalArgumentException e) {
      exporters.forEach(Exporter::close);
      asked.close();
      throw ConfigException.of(String.valueOf(e.getMessage()));
    }
    if (asks) {
      exporters.add(new AwsExporter(asked)); // The last: it closes what the others ask with.
    }
    return exporters;
  }
}
