package dev.yagura.testing.aws;

/** How far CloudWatch got with the data of a metric. */
public enum StatusCode {
  COMPLETE("Complete"),
  /** Only the first half of the points is there. */
  PARTIAL_DATA("PartialData"),
  /** No point is there. */
  INTERNAL_ERROR("InternalError"),
  /** No point is there. */
  FORBIDDEN("Forbidden");

  private final String written;

  StatusCode(String written) {
    this.written = written;
  }

  /** As the API writes it. */
  public String written() {
    return written;
  }

  int of(int points) {
    return switch (this) {
      case COMPLETE -> points;
      case PARTIAL_DATA -> points / 2;
      case INTERNAL_ERROR, FORBIDDEN -> 0;
    };
  }
}
