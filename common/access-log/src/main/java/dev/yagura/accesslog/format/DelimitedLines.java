package dev.yagura.accesslog.format;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Finds the wanted columns of lines whose columns stand one behind another. Eight bytes at a time,
 * it only counts delimiters until the next one matters.
 */
final class DelimitedLines {
  private static final long NEWLINES = Bytes.repeat((byte) '\n');

  private final List<Wanted> wanted;
  private final Line line;

  /**
   * The marks that matter: the delimiters before and behind wanted columns by their number in the
   * line, from 1 on. 0 is what stands before the line.
   */
  private int[] marks = {0, Integer.MAX_VALUE};

  /** Where the marks are in this line. */
  private int[] positions = new int[2];

  /**
   * For each wanted column which of the marks stands before it; -1 if the file does not have it.
   */
  private final int[] before;

  private boolean lastEndsTheLine;
  private byte delimiter;
  private long delimiters;
  private boolean complete;

  DelimitedLines(List<Wanted> wanted, Line line) {
    this.wanted = wanted;
    this.line = line;
    this.before = new int[wanted.size()];
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
    int[] columns = wanted.stream().mapToInt(column -> indexOf(column, known)).toArray();
    var indexes = new TreeMap<Integer, Integer>();
    indexes.put(0, 0);
    for (int column : columns) {
      if (column >= 0) {
        indexes.put(column, 0);
        indexes.put(column + 1, 0);
      }
    }
    int last = indexes.lastKey();
    lastEndsTheLine = last == known.size();
    marks = new int[indexes.size() + 1];
    positions = new int[indexes.size()];
    int index = 0;
    for (var entry : indexes.entrySet()) {
      marks[index] = entry.getKey();
      entry.setValue(index++);
    }
    marks[index] = Integer.MAX_VALUE;
    boolean[] present = new boolean[columns.length];
    for (int slot = 0; slot < columns.length; slot++) {
      present[slot] = columns[slot] >= 0;
      before[slot] = present[slot] ? indexes.getOrDefault(columns[slot], 0) : -1;
    }
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
    int[] marks = this.marks;
    int[] positions = this.positions;
    long delimiters = this.delimiters;
    positions[0] = start - 1;
    int index = 1;
    int next = marks[1];
    int seen = 0;
    int position = start;
    while (position <= limit - 2 * Long.BYTES) {
      long low = Bytes.eight(bytes, position);
      long high = Bytes.eight(bytes, position + Long.BYTES);
      if (Bytes.have(low, high, NEWLINES)) {
        break;
      }
      long lowFound = Bytes.same(low, delimiters);
      long highFound = Bytes.same(high, delimiters);
      int here = Bytes.count(lowFound, highFound);
      if (seen + here < next) {
        seen += here;
        position += 2 * Long.BYTES;
        continue;
      }
      // One of the next marks is among these sixteen bytes.
      for (long found = lowFound; found != 0; found &= found - 1) {
        if (++seen == next) {
          positions[index++] = position + Bytes.first(found);
          next = marks[index];
        }
      }
      position += Long.BYTES;
      for (long found = highFound; found != 0; found &= found - 1) {
        if (++seen == next) {
          positions[index++] = position + Bytes.first(found);
          next = marks[index];
        }
      }
      position += Long.BYTES;
      if (next == Integer.MAX_VALUE) {
        break;
      }
    }
    return readOn(bytes, position, limit, index, seen);
  }

  /** Reads on byte by byte, as far as there are columns; it is mostly at its end. */
  private int readOn(byte[] bytes, int from, int limit, int firstIndex, int seenBefore) {
    complete = false;
    int index = firstIndex;
    int seen = seenBefore;
    int position = from;
    for (; marks[index] != Integer.MAX_VALUE && position < limit; position++) {
      byte value = bytes[position];
      if (value == '\n') {
        if (lastEndsTheLine && index == positions.length - 1 && seen + 1 == marks[index]) {
          boolean carriageReturn = position > 0 && bytes[position - 1] == '\r';
          positions[index] = carriageReturn ? position - 1 : position;
          finish(bytes);
        }
        return position + 1;
      }
      if (value == delimiter && ++seen == marks[index]) {
        positions[index++] = position;
      }
    }
    int newline = Bytes.indexOf(bytes, position, limit, (byte) '\n');
    if (newline < 0) {
      return -1;
    }
    finish(bytes);
    return newline + 1;
  }

  private void finish(byte[] bytes) {
    complete = true;
    line.buffer = bytes;
    int[] starts = line.starts;
    int[] ends = line.ends;
    for (int slot = 0; slot < before.length; slot++) {
      int mark = before[slot];
      if (mark < 0) {
        starts[slot] = -1;
      } else {
        starts[slot] = positions[mark] + 1;
        ends[slot] = positions[mark + 1];
      }
    }
  }
}
