package dev.yagura.accesslog.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the wanted columns of lines whose columns stand one behind another. */
final class DelimitedLines {
  private static final int UNWANTED = -1;
  private static final long NEWLINES = Bytes.repeat((byte) '\n');

  private final List<Wanted> wanted;
  private final Line line;

  /** For each column of the file up to the last wanted one, which wanted one it is. */
  private int[] slots = new int[0];

  private boolean lastEndsTheLine;
  private byte delimiter;
  private long delimiters;
  private boolean complete;

  DelimitedLines(List<Wanted> wanted, Line line) {
    this.wanted = wanted;
    this.line = line;
  }

  /**
   * From here on lines have these columns.
   *
   * @return for each wanted column whether there is one
   */
  boolean[] columns(List<String> names, char delimiter) {
    this.delimiter = (byte) delimiter;
    this.delimiters = Bytes.repeat(this.delimiter);
    List<String> known = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    int[] all = new int[known.size()];
    Arrays.fill(all, UNWANTED);
    boolean[] present = new boolean[wanted.size()];
    int last = -1;
    for (int slot = 0; slot < present.length; slot++) {
      line.starts[slot] = -1;
      int column = indexOf(wanted.get(slot), known);
      if (column >= 0) {
        all[column] = slot;
        present[slot] = true;
        last = Math.max(last, column);
      }
    }
    slots = Arrays.copyOf(all, last + 1);
    lastEndsTheLine = last == all.length - 1;
    return present;
  }

  private static int indexOf(Wanted wanted, List<String> known) {
    for (String name : wanted.names()) {
      int column = known.indexOf(name);
      if (column >= 0) {
        return column;
      }
    }
    return -1;
  }

  /** Whether the line that was read has all wanted columns, and none of them may be cut short. */
  boolean complete() {
    return complete;
  }

  /**
   * Reads the line that begins at {@code start}.
   *
   * @return where the next one begins; -1 if this one does not end before {@code limit}
   */
  int read(byte[] bytes, int start, int limit) {
    line.buffer = bytes;
    complete = false;
    int last = slots.length - 1;
    int column = 0;
    int field = start;
    int position = start;
    for (; position <= limit - Long.BYTES; position += Long.BYTES) {
      long word = Bytes.eight(bytes, position);
      long marks = Bytes.same(word, delimiters) | Bytes.same(word, NEWLINES);
      for (; marks != 0; marks &= marks - 1) {
        int mark = position + Bytes.first(marks);
        if (bytes[mark] == '\n') {
          endOfLine(column, field, mark);
          return mark + 1;
        }
        take(column, field, mark);
        if (column == last) {
          return endBehind(bytes, mark + 1, limit);
        }
        column++;
        field = mark + 1;
      }
    }
    for (; position < limit; position++) {
      if (bytes[position] == '\n') {
        endOfLine(column, field, position);
        return position + 1;
      }
      if (bytes[position] == delimiter) {
        take(column, field, position);
        if (column == last) {
          return endBehind(bytes, position + 1, limit);
        }
        column++;
        field = position + 1;
      }
    }
    return -1;
  }

  private int endBehind(byte[] bytes, int from, int limit) {
    complete = true;
    int newline = Bytes.indexOf(bytes, from, limit, (byte) '\n');
    return newline < 0 ? -1 : newline + 1;
  }

  private void endOfLine(int column, int from, int newline) {
    if (column == slots.length - 1 && lastEndsTheLine) {
      boolean carriageReturn = newline > from && line.buffer[newline - 1] == '\r';
      take(column, from, carriageReturn ? newline - 1 : newline);
      complete = true;
    }
  }

  private void take(int column, int from, int to) {
    int slot = slots[column];
    if (slot != UNWANTED) {
      line.starts[slot] = from;
      line.ends[slot] = to;
    }
  }
}
