package dev.yagura.all;

import dev.yagura.all.Configuration.Source;
import dev.yagura.aurorapostgres.AuroraPostgresExporter;
import dev.yagura.cloudfront.CloudFrontExporter;
import dev.yagura.cloudfront.command.PopularObjectsCommand;
import dev.yagura.cloudfront.command.Surroundings;
import dev.yagura.cloudwatch.CloudWatchExporter;
import dev.yagura.core.cli.Server;
import dev.yagura.core.cli.ServerOptions;
import dev.yagura.core.config.ConfigException;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.ecs.EcsExporter;
import dev.yagura.ecs.taskmetadata.TaskMetadataConfig;
import dev.yagura.ecs.taskmetadata.TaskMetadataExporter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code yagura} command. */
@Command(
    name = "yagura",
    description = "Prometheus exporters for an AWS estate.",
    mixinStandardHelpOptions = true,
    versionProvider = Yagura.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Yagura.AuroraPostgres.class,
      Yagura.CloudFront.class,
      Yagura.CloudWatch.class,
      Yagura.Ecs.class,
      Yagura.Run.class,
      Yagura.CheckConfig.class,
    })
public final class Yagura implements Runnable {
  private static final int SUITE_PORT = 19100;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Yagura())
            .addSubcommand(
                PopularObjectsCommand.NAME,
                PopularObjectsCommand.line(Main.COUNTING, Surroundings.ofProcess()))
            .execute(arguments));
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
    }
  }

  /** Reads what one command serves. */
  @FunctionalInterface
  private interface Reader {
    Configuration read(Source source) throws ConfigException;
  }

  /** Serves until the process is to end; gives its exit code. */
  private static int serve(ServerOptions options, int port, Reader reader) {
    var source = new Source(options.configFile(), System.getenv());
    Memory memory = Memory.fresh();
    return Server.run(options, port, status -> reader.read(source).start(status, memory));
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"yagura " + Server.version()};
    }
  }

  /** One exporter, on its own port. */
  @Command(
      name = AuroraPostgresExporter.NAME,
      description = "Watch PostgreSQL and Aurora PostgreSQL servers.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class AuroraPostgres implements Callable<Integer> {
    @Mixin ServerOptions options = new ServerOptions();

    @Option(
        names = "--demo",
        description =
            "Start a small living PostgreSQL and watch that; with ./yagura in a checkout only.")
    boolean demo;

    @Override
    public Integer call() {
      if (demo) {
        System.err.println("--demo is not part of what is deployed; use ./yagura in a checkout");
        return Server.BAD_CONFIGURATION;
      }
      return serve(options, AuroraPostgresExporter.DEFAULT_PORT, Configuration::readAuroraPostgres);
    }
  }

  /** One exporter, on its own port. */
  @Command(
      name = CloudFrontExporter.NAME,
      description = "Count CloudFront's popular objects from its access logs.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class CloudFront implements Callable<Integer> {
    @Mixin ServerOptions options = new ServerOptions();

    @Override
    public Integer call() {
      return serve(options, CloudFrontExporter.DEFAULT_PORT, Configuration::readCloudFront);
    }
  }

  /** One exporter, on its own port. */
  @Command(
      name = CloudWatchExporter.NAME,
      description = "Ask CloudWatch, at a known price, for Aurora, CloudFront, ECS, SQS and more.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class CloudWatch implements Callable<Integer> {
    @Mixin ServerOptions options = new ServerOptions();

    @Override
    public Integer call() {
      return serve(options, CloudWatchExporter.DEFAULT_PORT, Configuration::readCloudWatch);
    }
  }

  /** One exporter, on its own port. */
  @Command(
      name = EcsExporter.NAME,
      description = "Watch ECS: services, deployments, tasks and why they stop, environments.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Ecs implements Callable<Integer> {
    @Mixin ServerOptions options = new ServerOptions();

    @Option(
        names = "--task-metadata",
        description =
            "Watch only the task that this runs in, by its metadata endpoint; without credentials.")
    boolean taskMetadata;

    @Override
    public Integer call() {
      if (!taskMetadata) {
        return serve(options, EcsExporter.DEFAULT_PORT, Configuration::readEcs);
      }
      if (options.configFile() != null) {
        System.err.println("--task-metadata needs no configuration: leave out --config.file");
        return Server.BAD_CONFIGURATION;
      }
      return Server.run(options, EcsExporter.DEFAULT_PORT, status -> ownTask());
    }

    private static List<Exporter> ownTask() throws ConfigException {
      try {
        var config = TaskMetadataConfig.of(System.getenv());
        return List.of(
            TaskMetadataExporter.of(config.endpoint(), Clock.systemUTC(), System::nanoTime));
      } catch (IllegalArgumentException e) {
        throw ConfigException.of(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Every exporter that is configured, in one process. */
  @Command(
      name = "run",
      description = "Run every exporter that is configured.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Run implements Callable<Integer> {
    @Mixin ServerOptions options = new ServerOptions();

    @Override
    public Integer call() {
      return serve(options, SUITE_PORT, Configuration::read);
    }
  }

  /** Reads a configuration and starts nothing. */
  @Command(
      name = "check-config",
      description = "Check a configuration file; exit code 2 if it is refused.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class CheckConfig implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file to check.")
    @Nullable Path file;

    @Override
    public Integer call() {
      try {
        Configuration.read(new Source(file, System.getenv()));
        System.out.println(file + ": good");
        return 0;
      } catch (ConfigException e) {
        e.problems().forEach(System.err::println);
        return Server.BAD_CONFIGURATION;
      }
    }
  }
}
