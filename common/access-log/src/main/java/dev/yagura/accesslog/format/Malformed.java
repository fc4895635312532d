package dev.yagura.accesslog.format;

import java.util.Locale;

/** Why a line could not be counted: a closed set, so that it can be a label. */
public enum Malformed {
  /** It ends before the last column that is needed, or a needed key is missing. */
  TOO_FEW_COLUMNS,
  /** A number is none, or is out of any range. */
  BAD_NUMBER,
  /** Its time is none, or before CloudFront or far in the future. */
  BAD_TIME,
  /** It is longer than a line may be; it was skipped without being kept. */
  TOO_LONG,
  /** It begins like JSON and is none. */
  BAD_JSON;

  /** The value of the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
