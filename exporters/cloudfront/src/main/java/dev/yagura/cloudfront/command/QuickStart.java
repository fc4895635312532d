package dev.yagura.cloudfront.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the command without picocli where the arguments are plain and right, which is most often:
 * picocli takes several times as long to start as all else here. Everything else, help and mistakes
 * among it, is left to picocli; a test holds that both read the same.
 */
public final class QuickStart {
  private QuickStart() {}

  /**
   * Runs it.
   *
   * @param name as it was called, for its help
   * @param arguments those behind the name
   * @return the exit code
   */
  public static int run(String name, String[] arguments, Counting counting, Surroundings around) {
    Options options = plain(arguments);
    if (options != null) {
      var problems = new ArrayList<String>();
      Question question = options.read(problems);
      if (problems.isEmpty()) {
        return new Reporting(options, counting, around).run(question);
      }
    }
    return PopularObjectsCommand.line(counting, around).setCommandName(name).execute(arguments);
  }

  /** The options if every argument is a known flag with its value, or a file; null otherwise. */
  static @Nullable Options plain(String[] arguments) {
    var options = new Options();
    options.top = 50;
    options.maxObjects = 100_000;
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("-") || argument.equals("-")) {
        options.arguments.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      boolean flag = name.equals("--human") || name.equals("--quiet");
      if (!flag && equals < 0 && i + 1 < arguments.length) {
        i++;
        value = arguments[i];
      }
      boolean plain = flag ? equals < 0 : isPlain(value);
      boolean again = !seen.add(name) && !name.equals("--rewrite");
      if (!plain || again || !set(options, name, value)) {
        return null;
      }
    }
    return options.arguments.isEmpty() ? null : options;
  }

  /** Picocli has its own ways with the others. */
  private static boolean isPlain(String value) {
    return !value.isEmpty() && !value.startsWith("-") && value.indexOf('"') < 0;
  }

  private static boolean set(Options options, String name, String value) {
    switch (name) {
      case "--human" -> options.human = true;
      case "--quiet" -> options.quiet = true;
      case "--order" -> options.order = value;
      case "--format" -> options.format = value;
      case "--start" -> options.start = value;
      case "--end" -> options.end = value;
      case "--distribution" -> options.distribution = value;
      case "--delimiter" -> options.delimiter = value;
      case "--rewrite" -> options.rewrites.add(value);
      case "--fields" -> {
        return list(options.fields, value);
      }
      case "--query-parameters" -> {
        return list(options.queryParameters, value);
      }
      case "--top" -> {
        options.top = number(value);
        return options.top > 0;
      }
      case "--max-objects" -> {
        options.maxObjects = number(value);
        return options.maxObjects > 0;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean list(List<String> to, String value) {
    int from = 0;
    for (int comma = value.indexOf(','); comma >= 0; comma = value.indexOf(',', from)) {
      to.add(value.substring(from, comma));
      from = comma + 1;
    }
    to.add(value.substring(from));
    return !to.contains("");
  }

  /** 0 unless it is plainly a number. */
  private static int number(String value) {
    if (value.length() > 9 || value.startsWith("0")) {
      return 0;
    }
    int number = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
