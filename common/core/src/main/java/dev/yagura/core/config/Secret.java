package dev.yagura.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A value that is never printed. It is read at each use, so a rotated file takes effect without a
 * restart.
 */
public final class Secret {
  private final Supplier<String> source;

  private Secret(Supplier<String> source) {
    this.source = source;
  }

  /** A secret that is known now and stays as it is. */
  public static Secret of(String value) {
    return new Secret(() -> value);
  }

  /**
   * A secret in a file, read at each {@link #reveal()}; one trailing line break is not part of it.
   */
  public static Secret inFile(Path file) {
    return new Secret(
        () -> {
          try {
            return Files.readString(file).replaceFirst("\\R\\z", "");
          } catch (IOException e) {
            throw new UnreadableSecretException(file, e);
          }
        });
  }

  /**
   * The value itself, for the one place that sends it.
   *
   * @throws UnreadableSecretException if its file cannot be read now
   */
  public String reveal() {
    return source.get();
  }

  @Override
  public String toString() {
    return "***";
  }

  /** The file that holds a secret could not be read; the message names the file, never a value. */
  public static final class UnreadableSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableSecretException(Path file, IOException cause) {
      super("cannot read the secret in " + file + ": " + cause.getClass().getSimpleName(), cause);
    }
  }
}
