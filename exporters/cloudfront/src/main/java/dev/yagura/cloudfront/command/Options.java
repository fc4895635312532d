package dev.yagura.cloudfront.command;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.cloudfront.count.ObjectNaming;
import dev.yagura.cloudfront.count.ObjectNaming.Rewrite;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.report.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags, as text; read by hand, so that all that is wrong is said at once. */
final class Options {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR|s3://BUCKET/PREFIX",
      description = "Logs, plain or gzip; - is standard input.")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many objects (default: ${DEFAULT-VALUE}).")
  int top;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "requests",
      description =
          "By what they are ranked (default: ${DEFAULT-VALUE}, as in the console): requests,"
              + " bytes-from-misses, misses, errors, bytes, hits, incomplete-downloads, http-2xx,"
              + " http-3xx, http-4xx, http-5xx.")
  String order = "requests";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, csv (the console's columns) or json (default: ${DEFAULT-VALUE}). Of several"
              + " distributions each has its report, one after the other.")
  String format = "table";

  @Option(
      names = "--human",
      description = "Numbers in the table with units, such as 1.2 GB, instead of all digits.")
  boolean human;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "Count only from this hour on: 2026-11-22 or 2026-11-22T10:00:00Z.")
  @Nullable String start;

  @Option(
      names = "--end",
      paramLabel = "TIME",
      description = "Count only up to this hour; a date is included whole.")
  @Nullable String end;

  @Option(
      names = "--distribution",
      paramLabel = "ID",
      description = "Only this one; also the name for files that do not say whose they are.")
  @Nullable String distribution;

  @Option(
      names = "--fields",
      paramLabel = "NAMES",
      split = ",",
      description = "The columns, in their order, of files without a #Fields line.")
  List<String> fields = new ArrayList<>();

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "Between the columns (default: a tab, which is also \\t).")
  @Nullable String delimiter;

  @Option(
      names = "--query-parameters",
      paramLabel = "NAMES",
      split = ",",
      description = "Parameters of the query that stay a part of the object, in this order.")
  List<String> queryParameters = new ArrayList<>();

  @Option(
      names = "--rewrite",
      paramLabel = "REGEX=TEMPLATE",
      description =
          "Fold objects into one, as in '^/img/[0-9]+/=/img/{id}/'; an = in the expression is"
              + " written \\=. May be given several times.")
  List<String> rewrites = new ArrayList<>();

  @Option(
      names = "--max-objects",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "How many objects are kept in all, which bounds the memory; beyond that the report says"
              + " how exact it is (default: ${DEFAULT-VALUE}).")
  int maxObjects;

  @Option(names = "--quiet", description = "No progress bar, no count of malformed lines.")
  boolean quiet;

  /**
   * What they ask.
   *
   * @param problems gets all that is wrong; the question is of no use then
   */
  Question read(List<String> problems) {
    if (top < 1) {
      problems.add("--top: must be 1 or more");
    }
    if (maxObjects < top) {
      problems.add("--max-objects: must not be less than --top");
    }
    if (!List.of("table", "csv", "json").contains(format)) {
      problems.add("--format: must be one of table, csv, json, not \"" + format + "\"");
    }
    Order ranked = Order.REQUESTS;
    try {
      ranked = Order.parse(order);
    } catch (IllegalArgumentException e) {
      problems.add("--order: " + e.getMessage());
    }
    Optional<Instant> from = Optional.empty();
    Optional<Instant> to = Optional.empty();
    try {
      from = Optional.ofNullable(start).map(Times::start);
    } catch (IllegalArgumentException e) {
      problems.add("--start: " + e.getMessage());
    }
    try {
      to = Optional.ofNullable(end).map(Times::end);
    } catch (IllegalArgumentException e) {
      problems.add("--end: " + e.getMessage());
    }
    if (!queryParameters.stream().allMatch(ObjectNaming::isParameter)) {
      problems.add("--query-parameters: must be names as in a query: no blanks, = or &");
    }
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      problems.add("--start: must be before --end");
    }
    return new Question(
        arguments,
        Optional.ofNullable(distribution),
        from,
        to,
        top,
        ranked,
        new LogShape(fields, separator(problems)),
        new ObjectNaming(queryParameters, rewrites(problems)),
        maxObjects);
  }

  private Optional<Character> separator(List<String> problems) {
    if (delimiter == null) {
      return Optional.empty();
    }
    String character = delimiter.equals("\\t") ? "\t" : delimiter;
    if (character.length() != 1 || character.charAt(0) > 0x7E) {
      problems.add("--delimiter: must be one ASCII character");
      return Optional.empty();
    }
    return Optional.of(character.charAt(0));
  }

  private List<Rewrite> rewrites(List<String> problems) {
    List<Rewrite> all = new ArrayList<>();
    for (String rule : rewrites) {
      int equals = separator(rule);
      if (equals <= 0) {
        problems.add("--rewrite: must be REGEX=TEMPLATE, not \"" + rule + "\"");
        continue;
      }
      try {
        all.add(Rewrite.of(rule.substring(0, equals), rule.substring(equals + 1)));
      } catch (PatternSyntaxException e) {
        problems.add("--rewrite: " + e.getDescription() + " in \"" + rule + "\"");
      } catch (IllegalArgumentException e) {
        problems.add("--rewrite: " + e.getMessage());
      }
    }
    return all;
  }

  /** The first equals sign that is neither escaped nor of a look-around. */
  private static int separator(String rule) {
    for (int i = rule.indexOf('='); i >= 0; i = rule.indexOf('=', i + 1)) {
      String before = rule.substring(0, i);
      if (!before.endsWith("\\") && !before.endsWith("(?") && !before.endsWith("(?<")) {
        return i;
      }
    }
    return -1;
  }
}
