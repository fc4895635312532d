package dev.yagura.core.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything wrong with a configuration, all at once. The message is the problems, one to a line.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  private ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = problems;
  }

  /** A configuration that is right and cannot be used here; the message says why. */
  public static ConfigException of(String problem) {
    return new ConfigException(List.of(problem));
  }

  /**
   * The problems in the order of their lines, at least one, each a single line such as {@code
   * yagura.yml:12: aurora_postgres.targets[0].urll: unknown key, did you mean "url"?}. A problem
   * with the file as a whole has no line number.
   */
  public List<String> problems() {
    return problems;
  }

  /** The problems found in one file so far; the same one is kept once. */
  static final class Collector {
    private static final int WHOLE_FILE = 0;
    // What is quoted from a file must neither break a line of the report nor steer a terminal.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private record Problem(int line, String text) {}

    private final String file;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private int reports;

    Collector(String file) {
      this.file = file;
    }

    void add(String message) {
      add(WHOLE_FILE, "", message);
    }

    /** A problem at a line, counted from 1, and a path, which is empty at the root. */
    void add(int line, String path, String message) {
      String place = file + (line == WHOLE_FILE ? ": " : ":" + line + ": ");
      String text =
          UNPRINTABLE.matcher(path.isEmpty() ? message : path + ": " + message).replaceAll(" ");
      problems.add(new Problem(line, place + "%.500s".formatted(text)));
      reports++;
    }

    /** How often a problem was reported so far. */
    int reports() {
      return reports;
    }

    void throwIfAny() throws ConfigException {
      if (!problems.isEmpty()) {
        throw new ConfigException(
            problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(Problem::text)
                .toList());
      }
    }
  }
}
