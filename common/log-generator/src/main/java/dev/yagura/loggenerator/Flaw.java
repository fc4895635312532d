package dev.yagura.loggenerator;

/** What can be wrong with a line. */
public enum Flaw {
  /** It ends in its middle. */
  TOO_FEW_COLUMNS,
  /** {@code sc-bytes} is no number. */
  BAD_NUMBER,
  /** The time is no time. */
  BAD_TIME,
  /** It is 1 MiB longer than it should be. */
  TOO_LONG,
  /** It is cut, or not JSON at all; in JSON files only. */
  BAD_JSON
}
