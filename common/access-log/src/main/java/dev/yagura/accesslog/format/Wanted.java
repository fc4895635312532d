package dev.yagura.accesslog.format;

import java.util.List;

/**
 * A column that a reader is asked for.
 *
 * @param names by which files call it; the first that a header has is taken
 */
public record Wanted(List<String> names) {
  public Wanted {
    names = List.copyOf(names);
  }

  /** A column with one name, or with others that mean the same. */
  public static Wanted column(String... names) {
    return new Wanted(List.of(names));
  }
}
