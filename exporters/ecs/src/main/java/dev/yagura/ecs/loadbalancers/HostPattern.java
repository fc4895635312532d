package dev.yagura.ecs.loadbalancers;

/** Hosts with the wildcards of rules: {@code *} is any text, {@code ?} any character. */
final class HostPattern {
  private HostPattern() {}

  static boolean hasWildcard(String host) {
    return host.indexOf('*') >= 0 || host.indexOf('?') >= 0;
  }

  /** Whether every host that {@code other} takes is one that {@code pattern} takes. */
  static boolean covers(String pattern, String other) {
    // What a question mark makes of a star is not looked into.
    if (other.indexOf('*') >= 0 && pattern.indexOf('?') >= 0) {
      return pattern.equals(other);
    }
    return matches(pattern, other);
  }

  /** Takes time of the product of both lengths at most, whatever they are. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int star = -1;
    int resume = 0;
    for (int t = 0; t < text.length(); ) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
      if (wanted == '*') {
        star = p++;
        resume = t;
      } else if (wanted == '?' || wanted == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
