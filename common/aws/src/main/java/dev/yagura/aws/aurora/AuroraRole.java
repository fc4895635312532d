package dev.yagura.aws.aurora;

import java.util.Locale;

/** What an instance does in its cluster. */
public enum AuroraRole {
  WRITER,
  READER;

  /** The value of the label {@code role}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
