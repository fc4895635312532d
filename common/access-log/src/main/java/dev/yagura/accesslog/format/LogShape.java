package dev.yagura.accesslog.format;

import java.util.List;
import java.util.Optional;

/**
 * What the configuration says of files that do not say it themselves.
 *
 * @param fields the columns in their order, for files without a {@code #Fields} line; empty if
 *     every file has one or is JSON
 * @param delimiter between columns, one ASCII character; empty for a tab
 */
public record LogShape(List<String> fields, Optional<Character> delimiter) {
  /** Nothing is said: a header or JSON, and tabs. */
  public static final LogShape OF_FILE = new LogShape(List.of(), Optional.empty());

  public LogShape {
    fields = List.copyOf(fields);
  }
}
