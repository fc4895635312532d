package dev.yagura.accesslog.format;

import org.jspecify.annotations.Nullable;

/** Takes what a reader reads. */
public interface LineHandler {
  /**
   * The file says which columns follow, at its beginning and whenever it says so again.
   *
   * @param present for each wanted column whether there is one
   * @throws UnreadableLogException if without those that are missing nothing can be counted
   */
  void columns(boolean[] present) throws UnreadableLogException;

  /**
   * One line.
   *
   * @return why it was not counted; null if it was
   */
  @Nullable Malformed line(Line line);
}
