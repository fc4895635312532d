package dev.yagura.core.scrape;

import java.util.Locale;

/** Why a scrape failed: a closed set, so that the label {@code reason} stays small. */
public enum FailureReason {
  /** No answer within the deadline, or the upstream gave up waiting for itself. */
  TIMEOUT,
  /** No connection: not resolved, refused, reset, or lost on the way. */
  UNREACHABLE,
  /** The upstream knows who asks and does not allow it, or does not know who asks. */
  DENIED,
  /** The upstream asks for fewer requests or has no connection left. */
  THROTTLED,
  /** An answer that cannot be what was asked for. */
  INVALID,
  /** A fault of ours. */
  BUG;

  /** The value of the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
