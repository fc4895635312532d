package dev.yagura.accesslog.format;

import java.io.IOException;

/**
 * The file arrived and cannot be read: reading it again would not help, unlike other {@link
 * IOException}s. The message is for people and quotes nothing of the file.
 */
public class UnreadableLogException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableLogException(String message) {
    super(message);
  }

  public UnreadableLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
