package dev.yagura.aws.meter;

import java.util.Locale;

/** How a request to AWS ended: a closed set, the label {@code outcome}. */
public enum Outcome {
  OK,
  /** AWS asks for fewer requests. */
  THROTTLED,
  /** AWS does not know who asks, or does not allow it. */
  DENIED,
  /** No answer, a failure at AWS, or a request that it does not take. */
  ERROR;

  /** The value of the label {@code outcome}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
