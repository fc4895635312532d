package dev.yagura.core.config;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern of names as an operator writes it: {@code *} is any text, {@code ?} any character, and
 * nothing else is special.
 */
public final class Glob {
  private final String written;
  private final Pattern pattern;

  /** A pattern of whole names. */
  public Glob(String written) {
    this.written = written;
    String regex =
        written
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining());
    this.pattern = Pattern.compile(regex, Pattern.DOTALL);
  }

  /** Whether the whole name is as this says. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && glob.written.equals(written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }

  @Override
  public String toString() {
    return written;
  }
}
