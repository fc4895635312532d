package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * One log file that can be read.
 *
 * @param size in bytes as stored, compressed or not
 * @param modified when it was written
 * @param resource what it is the log of, such as a distribution, by the pattern of its path or by
 *     the configuration; its file name may know better
 * @param shape what the configuration says of its columns
 */
public record LogObject(
    ObjectId id,
    long size,
    Instant modified,
    Optional<String> resource,
    LogShape shape,
    Content content) {

  /** Gives the bytes as stored. */
  @FunctionalInterface
  public interface Content {
    /**
     * Opens it; may be called again after a failure.
     *
     * @throws IOException if it cannot be reached, is not there any more, or is not the version
     *     meant
     */
    InputStream open() throws IOException;
  }
}
