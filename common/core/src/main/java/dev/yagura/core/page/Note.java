package dev.yagura.core.page;

import java.util.List;

/**
 * A section of the page {@code /} for what is no target that is scraped, such as a source of logs.
 *
 * @param title without the exporter's name, which the page puts before it
 * @param text one short sentence on how it is
 * @param rows what there is to know more
 */
public record Note(String title, State state, String text, List<Row> rows) {

  public Note {
    rows = List.copyOf(rows);
  }

  /** How it is, at a glance. */
  public enum State {
    OK,
    BAD,
    IDLE
  }

  /** One line: what, and how much or which. */
  public record Row(String name, String value) {}
}
