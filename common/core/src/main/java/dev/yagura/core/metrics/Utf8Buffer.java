package dev.yagura.core.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes on their way out; text is encoded in place, so that a sample costs no String. */
final class Utf8Buffer {
  private static final byte[] NAN = {'N', 'a', 'N'};
  private static final byte[] PLUS_INF = {'+', 'I', 'n', 'f'};
  private static final byte[] MINUS_INF = {'-', 'I', 'n', 'f'};

  /** Above this, {@link Double#toString} goes over to an exponent. */
  private static final double PLAIN_LIMIT = 1e7;

  /** Up to here every integral double is exact as a long, and its digits are the shortest. */
  private static final double EXACT_LIMIT = 1e15;

  private byte[] bytes;
  private int length;

  Utf8Buffer(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  void clear() {
    length = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  void put(int b) {
    room(1);
    bytes[length++] = (byte) b;
  }

  void put(byte[] more) {
    put(more, more.length);
  }

  void put(byte[] more, int size) {
    room(size);
    System.arraycopy(more, 0, bytes, length, size);
    length += size;
  }

  void put(Utf8Buffer more) {
    put(more.bytes, more.length);
  }

  /** Appends text of which every character is ASCII. */
  void putAscii(String text) {
    int size = text.length();
    room(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  void putUtf8(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends text with backslash and line feed escaped, and the double quote where asked. */
  void putEscaped(String text, boolean quotes) {
    int size = text.length();
    int plain = 0;
    while (plain < size && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain == size) {
      putAscii(text);
      return;
    }
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '\\') {
        put('\\');
        put('\\');
      } else if (b == '\n') {
        put('\\');
        put('n');
      } else if (b == '"' && quotes) {
        put('\\');
        put('"');
      } else {
        put(b);
      }
    }
  }

  private static boolean isPlain(char c) {
    return c < 0x80 && c != '\\' && c != '\n' && c != '"';
  }

  /** Appends a value as {@link Double#toString} gives it, infinities as {@code +Inf}. */
  void putDouble(double value) {
    if (value == Math.rint(value) && Math.abs(value) < EXACT_LIMIT && !isNegativeZero(value)) {
      putIntegral((long) value);
    } else if (Double.isNaN(value)) {
      put(NAN);
    } else if (Double.isInfinite(value)) {
      put(value > 0 ? PLUS_INF : MINUS_INF);
    } else {
      putAscii(Double.toString(value));
    }
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  private void putIntegral(long value) {
    if (value < 0) {
      put('-');
    }
    long size = Math.abs(value);
    int start = length;
    putLong(size);
    if (size < PLAIN_LIMIT) {
      put('.');
      put('0');
      return;
    }
    // 12345678 becomes 1.2345678E7: the point moves behind the first digit, trailing zeros go.
    int exponent = length - start - 1;
    while (bytes[length - 1] == '0' && length - start > 2) {
      length--;
    }
    room(2);
    System.arraycopy(bytes, start + 1, bytes, start + 2, length - start - 1);
    bytes[start + 1] = '.';
    length++;
    put('E');
    putLong(exponent);
  }

  /** Appends a whole number in decimal digits. */
  void putLong(long value) {
    if (value < 0) {
      putAscii(Long.toString(value));
      return;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    room(digits);
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
