package dev.yagura.all;

import dev.yagura.all.Configuration.Source;
import dev.yagura.aurorapostgres.AuroraPostgresExporter;
import dev.yagura.aurorapostgres.discovery.AuroraMemory;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.cloudfront.CloudFrontExporter;
import dev.yagura.cloudfront.command.PopularObjectsCommand;
import dev.yagura.cloudfront.command.Surroundings;
import dev.yagura.cloudwatch.CloudWatchExporter;
import dev.yagura.core.cli.Server;
import dev.yagura.core.cli.ServerOptions;
import dev.yagura.core.config.ConfigException;
import java.nio.file.Path;
import java.time.Clock;
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

  /** What all loads of a process share. */
  private static AwsUse awsUse() {
    return AwsUse.fresh(Clock.systemUTC(), System::nanoTime);
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
      var source = new Source(options.configFile(), System.getenv());
      AwsUse use = awsUse();
      var memory = new AuroraMemory();
      return Server.run(
          options,
          AuroraPostgresExporter.DEFAULT_PORT,
          status -> Configuration.readAuroraPostgres(source).start(status, use, memory));
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
      var source = new Source(options.configFile(), System.getenv());
      AwsUse use = awsUse();
      var memory = new AuroraMemory();
      return Server.run(
          options,
          CloudFrontExporter.DEFAULT_PORT,
          status -> Configuration.readCloudFront(source).start(status, use, memory));
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
      var source = new Source(options.configFile(), System.getenv());
      AwsUse use = awsUse();
      var memory = new AuroraMemory();
      return Server.run(
          options,
          CloudWatchExporter.DEFAULT_PORT,
          status -> Configuration.readCloudWatch(source).start(status, use, memory));
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
      var source = new Source(options.configFile(), System.getenv());
      AwsUse use = awsUse();
      var memory = new AuroraMemory();
      return Server.run(
          options, SUITE_PORT, status -> Configuration.read(source).start(status, use, memory));
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
