package dev.yagura.accesslog.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the wanted columns of flat JSON objects, whose keys are the columns' names and whose values
 * are texts or numbers. Values that are not wanted are skipped; those that are, are copied without
 * their escapes.
 */
final class JsonLines {
  /** Where a value may not end up: the object is not what it should be. */
  private static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotJson() {
      super(null, null, false, false);
    }
  }

  private final Line line;
  private final byte[][] names;
  private final int[] slots;
  private final byte[] values = new byte[LogReader.LONGEST_LINE + 1];
  private byte[] bytes = new byte[0];
  private int next;
  private int end;
  private int copied;
  private @Nullable Malformed problem;

  JsonLines(List<Wanted> wanted, Line line) {
    this.line = line;
    List<String> all = wanted.stream().flatMap(column -> column.names().stream()).toList();
    names = all.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    slots =
        IntStream.range(0, wanted.size())
            .flatMap(slot -> wanted.get(slot).names().stream().mapToInt(name -> slot))
            .toArray();
  }

  /** What was wrong with the object that was read; null if nothing. */
  @Nullable Malformed problem() {
    return problem;
  }

  /**
   * Reads the object that begins here; a faulty one takes the rest of the line with it.
   *
   * @return where the next object of this line may begin, or its end
   */
  int read(byte[] from, int start, int limit) {
    bytes = from;
    next = start;
    end = limit;
    copied = 0;
    problem = null;
    line.buffer = values;
    Arrays.fill(line.starts, -1);
    try {
      object();
      skipBetweenObjects();
    } catch (NotJson e) {
      problem = Malformed.BAD_JSON;
      next = limit;
    }
    return next;
  }

  private void object() {
    expect('{');
    if (peek() == '}') {
      next++;
      return;
    }
    do {
      peek();
      int slot = name();
      expect(':');
      value(slot);
    } while (more('}'));
  }

  /** The slot of the name that is read; -1 if it is not wanted. */
  private int name() {
    int from = copied;
    text(true);
    int slot = slotOf(from, copied);
    copied = from;
    return slot;
  }

  private int slotOf(int from, int to) {
    for (int i = 0; i < names.length; i++) {
      byte[] name = names[i];
      if (name.length == to - from && Arrays.equals(values, from, to, name, 0, name.length)) {
        return slots[i];
      }
    }
    return -1;
  }

  private void value(int slot) {
    byte first = peek();
    int from = copied;
    boolean wanted = slot >= 0;
    if (first == '"') {
      text(wanted);
    } else if (first == '{' || first == '[') {
      nested();
      return;
    } else if (literal(wanted).equals("null")) {
      return;
    }
    if (wanted) {
      line.starts[slot] = from;
      line.ends[slot] = copied;
    }
  }

  /** A number or a word; only words are given. */
  private String literal(boolean keep) {
    int from = next;
    while (next < end && isLiteral(bytes[next])) {
      next++;
    }
    if (next == from) {
      throw new NotJson();
    }
    if (keep) {
      System.arraycopy(bytes, from, values, copied, next - from);
      copied += next - from;
    }
    boolean isNull = next - from == 4 && bytes[from] == 'n';
    if (isNull && keep) {
      copied -= 4;
    }
    return isNull ? "null" : "";
  }

  private static boolean isLiteral(byte value) {
    return (value >= '0' && value <= '9')
        || (value >= 'a' && value <= 'z')
        || value == '-'
        || value == '+'
        || value == '.'
        || value == 'E';
  }

  /** Skips what no column is made of; counts brackets instead of calling itself. */
  private void nested() {
    int depth = 0;
    do {
      byte value = peek();
      if (value == '"') {
        text(false);
        continue;
      }
      if (value == '{' || value == '[') {
        depth++;
      } else if (value == '}' || value == ']') {
        depth--;
      }
      next++;
    } while (depth > 0);
  }

  private void text(boolean keep) {
    expect('"');
    while (true) {
      byte value = take();
      if (value == '"') {
        return;
      }
      if (value != '\\') {
        if (keep) {
          values[copied++] = value;
        }
        continue;
      }
      int escaped = unescaped(take());
      if (keep) {
        copied = putUtf8(escaped, copied);
      }
    }
  }

  private int unescaped(byte letter) {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw new NotJson();
    };
  }

  private int unicode() {
    char first = (char) hex4();
    if (!Character.isSurrogate(first)) {
      return first;
    }
    if (Character.isHighSurrogate(first)
        && next + 1 < end
        && bytes[next] == '\\'
        && bytes[next + 1] == 'u') {
      next += 2;
      char second = (char) hex4();
      return Character.isLowSurrogate(second) ? Character.toCodePoint(first, second) : '?';
    }
    return '?';
  }

  private int hex4() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(take(), 16);
      if (digit < 0) {
        throw new NotJson();
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** An escape is never shorter than what it stands for, so the values always fit. */
  private int putUtf8(int codePoint, int at) {
    int to = at;
    if (codePoint < 0x80) {
      values[to++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      values[to++] = (byte) (0xc0 | codePoint >> 6);
      values[to++] = (byte) (0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      values[to++] = (byte) (0xe0 | codePoint >> 12);
      values[to++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
      values[to++] = (byte) (0x80 | (codePoint & 0x3f));
    } else {
      values[to++] = (byte) (0xf0 | (codePoint >> 18 & 0x07));
      values[to++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
      values[to++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
      values[to++] = (byte) (0x80 | (codePoint & 0x3f));
    }
    return to;
  }

  /** Whether a comma follows, and not the end of the object. */
  private boolean more(char close) {
    byte value = peek();
    next++;
    if (value == ',') {
      return true;
    }
    if (value == close) {
      return false;
    }
    throw new NotJson();
  }

  private void skipBetweenObjects() {
    while (next < end && (isSpace(bytes[next]) || bytes[next] == ',')) {
      next++;
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new NotJson();
    }
    next++;
  }

  /** The next byte that is no space, which is not taken yet. */
  private byte peek() {
    while (next < end && isSpace(bytes[next])) {
      next++;
    }
    if (next == end) {
      throw new NotJson();
    }
    return bytes[next];
  }

  private byte take() {
    if (next == end) {
      throw new NotJson();
    }
    return bytes[next++];
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\t' || value == '\r';
  }
}
