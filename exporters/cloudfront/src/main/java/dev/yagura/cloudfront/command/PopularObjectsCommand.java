package dev.yagura.cloudfront.command;

import dev.yagura.cloudfront.command.Counting.Result;
import dev.yagura.cloudfront.command.Counting.Unread;
import dev.yagura.cloudfront.report.CsvReport;
import dev.yagura.cloudfront.report.JsonReport;
import dev.yagura.cloudfront.report.ObjectText;
import dev.yagura.cloudfront.report.PopularObjects;
import dev.yagura.cloudfront.report.TableReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private static final int INCOMPLETE = 1;
  private static final int READER_GONE = 141;
  private static final int MOST_COMPLAINTS = 20;

  private final Counting counting;
  private final Surroundings around;

  @Mixin Options options = new Options();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  boolean help;

  @Spec @Nullable CommandSpec spec;

  /** The command, not yet run. */
  public PopularObjectsCommand(Counting counting, Surroundings around) {
    this.counting = counting;
    this.around = around;
  }

  /**
   * Runs it by itself, which starts faster than in a tree of commands.
   *
   * @param arguments those after its name
   * @return the exit code
   */
  public static int run(String[] arguments, Counting counting, Surroundings around) {
    return new CommandLine(new PopularObjectsCommand(counting, around)).execute(arguments);
  }

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    Question question = options.read(problems);
    if (!problems.isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.join("\n", problems));
    }
    Result result;
    try (var progress = progress()) {
      result = counting.count(question, progress);
    } catch (IOException e) {
      complain(String.valueOf(e.getMessage()));
      return INCOMPLETE;
    }
    int written = write(result);
    complain(result);
    return written != 0 ? written : result.unread().isEmpty() ? 0 : INCOMPLETE;
  }

  private ProgressBar progress() {
    return around.errorIsTerminal() && !options.quiet
        ? ProgressBar.on(around.error(), around.width().getAsInt(), around.nanoClock())
        : ProgressBar.none();
  }

  private int write(Result result) {
    try {
      boolean first = true;
      for (PopularObjects report : result.reports()) {
        String text = render(report, result.unread().size());
        String between = first ? "" : options.format.equals("csv") ? "\r\n" : "\n";
        around.output().write((between + text).getBytes(StandardCharsets.UTF_8));
        first = false;
      }
      around.output().flush();
      return 0;
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("Broken pipe")) {
        return READER_GONE;
      }
      complain("the report could not be written: " + reason);
      return INCOMPLETE;
    }
  }

  private String render(PopularObjects report, int unread) {
    return switch (options.format) {
      case "csv" -> CsvReport.render(report, unread);
      case "json" -> JsonReport.render(report, unread);
      default ->
          TableReport.render(
              report,
              around.outputIsTerminal() ? around.width().getAsInt() : 0,
              options.human,
              unread);
    };
  }

  private void complain(Result result) {
    List<Unread> unread = result.unread();
    for (Unread file : unread.subList(0, Math.min(unread.size(), MOST_COMPLAINTS))) {
      complain(file.location() + ": " + file.reason());
    }
    if (unread.size() > MOST_COMPLAINTS) {
      complain("and " + (unread.size() - MOST_COMPLAINTS) + " files more");
    }
    if (!unread.isEmpty()) {
      complain(
          unread.size()
              + (unread.size() == 1 ? " file" : " files")
              + " could not be read; the report is partial");
    }
    if (!options.quiet && !result.malformed().isEmpty()) {
      var text = new StringBuilder("malformed lines left out: ");
      String between = "";
      for (var reason : result.malformed().entrySet()) {
        text.append(between).append(reason.getValue()).append(' ').append(reason.getKey());
        between = ", ";
      }
      complain(text.toString());
    }
  }

  /** What is in a name of a file does not steer the terminal. */
  private void complain(String message) {
    around.error().println("yagura: " + ObjectText.visible(message));
  }
}
