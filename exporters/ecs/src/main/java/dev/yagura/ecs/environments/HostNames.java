package dev.yagura.ecs.environments;

import dev.yagura.ecs.loadbalancers.Rule;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The name of an environment in a host. */
final class HostNames {
  private static final String GROUP = "env";

  /** More than AWS takes is no host. */
  private static final int LONGEST = 128;

  /** A pattern that backtracks is given up, long before anybody would notice. */
  private static final int LOOKS = 100_000;

  private final Pattern pattern;

  private HostNames(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern of whole hosts, in which small and capital letters are the same.
   *
   * @throws IllegalArgumentException with a message for the operator
   */
  static HostNames of(String regex) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is not a regular expression: " + e.getDescription() + " near index " + e.getIndex(), e);
    }
    if (!hasGroup(regex)) {
      throw new IllegalArgumentException("must have a group (?<env>...) that is the name");
    }
    return new HostNames(pattern);
  }

  /** Java 17 does not tell the groups of a pattern; a match is asked for one. */
  private static boolean hasGroup(String regex) {
    Matcher empty = Pattern.compile("|" + regex).matcher("");
    try {
      return empty.matches() && empty.start(GROUP) < 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The name; empty if this host is not of an environment. */
  Optional<String> nameOf(String host) {
    String whole = Rule.host(host);
    if (whole.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Matcher matcher = pattern.matcher(new BoundedText(whole, LOOKS));
      return matcher.matches()
          ? Optional.ofNullable(matcher.group(GROUP)).filter(name -> !name.isBlank())
          : Optional.empty();
    } catch (BoundedText.ExhaustedException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }
}
