package dev.yagura.accesslog.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of paths or keys: {@code *} and {@code ?} within a folder, {@code **} over folders,
 * {@code {a,b}}, {@code [a-z]}, {@code [!a-z]}, a backslash before a character that is meant
 * itself, and one placeholder such as {@code {distribution}} that says which part of the path names
 * the resource.
 */
public final class Glob {
  private final String pattern;
  private final String fixed;
  private final Pattern paths;
  private final Pattern folders;
  private final boolean captures;

  private Glob(String pattern, GlobRegex regex) {
    this.pattern = pattern;
    fixed = regex.fixed();
    paths = Pattern.compile(regex.paths(), Pattern.DOTALL);
    folders = Pattern.compile(regex.folders(), Pattern.DOTALL);
    captures = regex.captures();
  }

  /**
   * Reads a pattern.
   *
   * @param placeholder the word in braces that stands for the resource
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static Glob of(String pattern, String placeholder) {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return new Glob(pattern, new GlobRegex(pattern, placeholder));
  }

  /** Whether a whole path matches; slashes separate folders. */
  public boolean matches(String path) {
    return paths.matcher(path).matches();
  }

  /** What stands at the placeholder; empty if there is none, or the path does not match. */
  public Optional<String> resource(String path) {
    Matcher matcher = paths.matcher(path);
    return captures && matcher.matches()
        ? Optional.ofNullable(matcher.group(GlobRegex.RESOURCE))
        : Optional.empty();
  }

  /** The text that every match begins with. */
  public String fixedText() {
    return fixed;
  }

  /** The folder that holds every match, with its slash at the end; empty if that is anywhere. */
  public String base() {
    return fixed.substring(0, fixed.lastIndexOf('/') + 1);
  }

  /** Whether a match may be in this folder or below; without a slash at its end. */
  boolean mayHold(String folder) {
    return folders.matcher(folder).matches();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return pattern;
  }
}
