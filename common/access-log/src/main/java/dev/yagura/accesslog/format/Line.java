package dev.yagura.accesslog.format;

/**
 * The wanted columns of one line, as views into a buffer that is overwritten by the next line.
 * Columns are numbered as they were asked for.
 */
public final class Line {
  byte[] buffer = new byte[0];
  final int[] starts;
  final int[] ends;

  Line(int columns) {
    starts = new int[columns];
    ends = new int[columns];
  }

  /** Where the views point into. */
  public byte[] buffer() {
    return buffer;
  }

  /** Whether the line has this column at all, be it empty or {@code -}. */
  public boolean has(int column) {
    return starts[column] >= 0;
  }

  /** Index of its first byte; meaningless where {@link #has} is false. */
  public int start(int column) {
    return starts[column];
  }

  /** Index behind its last byte. */
  public int end(int column) {
    return ends[column];
  }

  /** Whether it is missing, empty, or the {@code -} that stands for nothing. */
  public boolean isNothing(int column) {
    int start = starts[column];
    int length = ends[column] - start;
    return start < 0 || length == 0 || (length == 1 && buffer[start] == '-');
  }
}
