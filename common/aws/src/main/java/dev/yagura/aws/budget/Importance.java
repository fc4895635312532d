package dev.yagura.aws.budget;

import java.util.Locale;

/** How much one would miss it, the most important first. */
public enum Importance {
  /** Somebody is paged by it. */
  ESSENTIAL,
  /** It tells why. */
  USEFUL,
  /** Good to have. */
  EXTRA;

  /** As in the configuration. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
