package dev.yagura.accesslog.source;

import java.util.regex.Pattern;

/** Translates a {@link Glob} to regular expressions, in one pass over its characters. */
final class GlobRegex {
  static final String RESOURCE = "resource";

  private static final int MAX_LENGTH = 1024;

  private final String glob;
  private final String placeholder;
  private final StringBuilder paths = new StringBuilder();
  private final StringBuilder folders = new StringBuilder();
  private final StringBuilder fixed = new StringBuilder();
  private int at;
  private int depth;
  private int folderGroups;
  private int segmentStart;
  private boolean isFixed = true;
  private boolean anywhereBelow;
  private boolean captures;

  GlobRegex(String glob, String placeholder) {
    this.glob = glob;
    this.placeholder = placeholder;
    if (glob.length() > MAX_LENGTH) {
      throw refusal("is longer than " + MAX_LENGTH + " characters");
    }
    while (at < glob.length()) {
      next(glob.charAt(at++));
    }
    if (depth > 0) {
      throw refusal("has a { without a }");
    }
    folders.append(anywhereBelow ? ".*" : "(?!)").append(")?".repeat(folderGroups));
  }

  /** Matches whole paths; has the group {@link #RESOURCE} if anything is captured. */
  String paths() {
    return paths.toString();
  }

  /** Matches the folders that lead to a match. */
  String folders() {
    return folders.toString();
  }

  String fixed() {
    return fixed.toString();
  }

  boolean captures() {
    return captures;
  }

  private void next(char c) {
    switch (c) {
      case '*' -> stars();
      case '?' -> special("[^/]");
      case '[' -> special(characters());
      case '{' -> openBrace();
      case '}' -> closeBrace();
      case ',' -> comma();
      case '\\' -> literal(escaped());
      case '/' -> slash();
      default -> literal(c);
    }
  }

  private void stars() {
    int from = at - 1;
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    if (at - from == 1) {
      special("[^/]*");
      return;
    }
    boolean atStart = from == 0 || glob.charAt(from - 1) == '/';
    openBelow();
    if (atStart && at < glob.length() && glob.charAt(at) == '/') {
      at++;
      // As few as can be: the placeholder is in the first folder that fits. And without recursion.
      special("(?:.*?/)??");
    } else {
      special(".*");
    }
  }

  private String characters() {
    int end = glob.indexOf(']', at + 1);
    if (end < 0) {
      throw refusal("has a [ without a ]");
    }
    String inside = glob.substring(at, end);
    at = end + 1;
    boolean negated = inside.startsWith("!") || inside.startsWith("^");
    String set = negated ? inside.substring(1) : inside;
    if (set.isEmpty() || set.contains("/")) {
      throw refusal("has [] with nothing, or with a slash in it");
    }
    StringBuilder regex = new StringBuilder(negated ? "[^/" : "[");
    for (int i = 0; i < set.length(); i++) {
      char c = set.charAt(i);
      regex.append(c == '-' || Character.isLetterOrDigit(c) ? "" : "\\").append(c);
    }
    String result = regex.append(']').toString();
    try {
      Pattern.compile(result);
    } catch (IllegalArgumentException e) {
      throw refusal("has a range in [] that goes backwards");
    }
    return result;
  }

  private void openBrace() {
    int end = glob.indexOf('}', at);
    String inside = end < 0 ? "" : glob.substring(at, end);
    if (end >= 0 && inside.equals(placeholder)) {
      if (captures) {
        throw refusal("has {" + placeholder + "} twice");
      }
      captures = true;
      at = end + 1;
      // As short as can be, so that {distribution}.* ends at the first dot.
      special("(?<" + RESOURCE + ">[^/]+?)");
      return;
    }
    if (end >= 0 && inside.matches("[A-Za-z_]*")) {
      throw refusal("has {" + inside + "}, and only {" + placeholder + "} is known");
    }
    depth++;
    // What is in braces may hold slashes: every folder below is looked into.
    openBelow();
    special("(?:");
  }

  private void closeBrace() {
    if (depth == 0) {
      throw refusal("has a } without a {");
    }
    depth--;
    special(")");
  }

  private void comma() {
    if (depth > 0) {
      special("|");
    } else {
      literal(',');
    }
  }

  private char escaped() {
    if (at == glob.length()) {
      throw refusal("ends in a backslash");
    }
    return glob.charAt(at++);
  }

  private void slash() {
    paths.append('/');
    if (!anywhereBelow) {
      // The folder so far, and optionally what follows.
      folders.append("(?:/");
      folderGroups++;
      segmentStart = folders.length();
    }
    if (isFixed) {
      fixed.append('/');
    }
  }

  private void literal(char c) {
    // Only ASCII needs it, and the halves of a surrogate pair must stay together.
    String regex = c < 128 && !Character.isLetterOrDigit(c) ? "\\" + c : String.valueOf(c);
    paths.append(regex);
    if (!anywhereBelow) {
      folders.append(regex);
    }
    if (isFixed) {
      fixed.append(c);
    }
  }

  private void special(String regex) {
    isFixed = false;
    paths.append(regex);
    if (!anywhereBelow) {
      folders.append(regex);
    }
  }

  /** From this segment on, any folder may hold a match. */
  private void openBelow() {
    if (!anywhereBelow) {
      folders.setLength(segmentStart);
      anywhereBelow = true;
    }
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException("the pattern \"" + glob + "\" " + what);
  }
}
