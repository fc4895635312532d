package dev.yagura.core.page;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path that an exporter answers itself, for GET and HEAD.
 *
 * @param path exactly, such as {@code /reports/popular-objects.csv}; the server's own paths win
 * @param title of the link to it on the page {@code /}; empty for no link
 */
public record Page(String path, Optional<String> title, Answerer answerer) {

  public Page {
    if (!path.startsWith("/") || path.startsWith("/-/") || path.startsWith("/metrics")) {
      throw new IllegalArgumentException("no path for a page: " + path);
    }
  }

  /** Answers requests, by any thread, several at once. */
  @FunctionalInterface
  public interface Answerer {
    /**
     * Makes the whole answer. An exception becomes a 500 that says nothing of it, and a line in the
     * log.
     *
     * @param parameters of the query, decoded, each with its values in their order; those that
     *     cannot be decoded are left out
     */
    Answer answer(Map<String, List<String>> parameters) throws IOException;
  }
}
