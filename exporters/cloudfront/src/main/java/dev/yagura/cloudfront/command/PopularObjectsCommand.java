package dev.yagura.cloudfront.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The report of some log files. It loads neither a configuration nor the log nor the web server:
 * what it costs to start is a part of what it costs.
 */
@Command(
    name = PopularObjectsCommand.NAME,
    description = "Report the popular objects of CloudFront log files.",
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything was read",
      "1:a file could not be read; the others are reported",
      "2:the command line is wrong",
      "141:the reader of the output has gone, as with | head"
    })
public final class PopularObjectsCommand implements Callable<Integer> {
  /** As it is called. */
  public static final String NAME = "popular-objects";

  private final Counting counting;
  private final Surroundings around;

  @Mixin Options options = new Options();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  boolean help;

  @Spec @Nullable CommandSpec spec;

  PopularObjectsCommand(Counting counting, Surroundings around) {
    this.counting = counting;
    this.around = around;
  }

  /** The command as it is run by itself, or under another. */
  public static CommandLine line(Counting counting, Surroundings around) {
    return new CommandLine(new PopularObjectsCommand(counting, around))
        // A log may be called @what-it-likes.
        .setExpandAtFiles(false);
  }

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    Question question = options.read(problems);
    if (!problems.isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.join("\n", problems));
    }
    return new Reporting(options, counting, around).run(question);
  }
}
