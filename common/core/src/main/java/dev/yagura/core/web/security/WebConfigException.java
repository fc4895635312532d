package dev.yagura.core.web.security;

import java.util.List;

/** A web config file that cannot be used; it names everything wrong with it, never a secret. */
public final class WebConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  WebConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, one sentence each, with file and line. */
  public List<String> problems() {
    return problems;
  }
}
