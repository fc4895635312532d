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
import java.util.List;

/**
 * Counts, and writes what came of it: the report on standard output, all else on standard error.
 */
final class Reporting {
  private static final int INCOMPLETE = 1;
  private static final int READER_GONE = 141;
  private static final int MOST_COMPLAINTS = 20;

  private final Options options;
  private final Counting counting;
  private final Surroundings around;

  Reporting(Options options, Counting counting, Surroundings around) {
    this.options = options;
    this.counting = counting;
    this.around = around;
  }

  /** Gives the exit code. */
  int run(Question question) {
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
    if (!options.quiet) {
      result
          .missingColumns()
          .forEach(
              (column, lines) ->
                  complain(
                      lines
                          + (lines == 1 ? " line lacks " : " lines lack ")
                          + column
                          + "; what it tells counts as 0"));
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
