package dev.yagura.accesslog.format;

/** The compressed file ends in its middle: it may still be on its way. */
public final class TruncatedLogException extends UnreadableLogException {
  private static final long serialVersionUID = 1L;

  public TruncatedLogException(String message) {
    super(message);
  }
}
