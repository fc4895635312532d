package dev.yagura.aurorapostgres.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of an answer, read by column name. A column that is NULL is null, never zero. */
public final class Row {
  private final Map<String, Integer> columns;
  private final @Nullable Object[] cells;

  Row(Map<String, Integer> columns, @Nullable Object[] cells) {
    this.columns = columns;
    this.cells = cells;
  }

  /**
   * The text in a column.
   *
   * @throws IllegalArgumentException if there is no such column, or it holds a number
   */
  public @Nullable String text(String column) {
    Object cell = cell(column);
    if (cell instanceof Double) {
      throw new IllegalArgumentException(column + " is a number");
    }
    return (String) cell;
  }

  /** The text in a column, or this where it is NULL. */
  public String text(String column, String whenNull) {
    String text = text(column);
    return text == null ? whenNull : text;
  }

  /**
   * The number in a column; a boolean is 1 or 0.
   *
   * @throws IllegalArgumentException if there is no such column, or it holds text
   */
  public @Nullable Double number(String column) {
    Object cell = cell(column);
    if (cell instanceof String) {
      throw new IllegalArgumentException(column + " is text");
    }
    return (Double) cell;
  }

  /** The number in a column, or this where it is NULL: only where the drop-in asks for it. */
  public double number(String column, double whenNull) {
    Double number = number(column);
    return number == null ? whenNull : number;
  }

  /** Whether the answer has this column at all; servers differ by version. */
  public boolean has(String column) {
    return columns.containsKey(column);
  }

  private @Nullable Object cell(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      throw new IllegalArgumentException("the answer has no column " + column);
    }
    return cells[index];
  }
}
