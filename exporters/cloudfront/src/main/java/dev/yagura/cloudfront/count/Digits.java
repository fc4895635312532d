package dev.yagura.cloudfront.count;

/** Numbers as they stand in logs, read from bytes; -1 for what is none. */
final class Digits {
  private static final int LONGEST = 15;
  private static final int MICROS = 6;

  private Digits() {}

  /** A whole number of at most 15 digits. */
  static long whole(byte[] bytes, int from, int to) {
    if (from >= to || to - from > LONGEST) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Seconds such as {@code 0.004}, in microseconds; further digits are dropped. */
  static long micros(byte[] bytes, int from, int to) {
    int point = from;
    while (point < to && bytes[point] != '.') {
      point++;
    }
    long seconds = whole(bytes, from, point);
    if (seconds < 0 || seconds > Long.MAX_VALUE / 2_000_000) {
      return -1;
    }
    long value = seconds;
    int at = point + 1;
    for (int i = 0; i < MICROS; i++, at++) {
      int digit = at < to ? bytes[at] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    for (; at < to; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return -1;
      }
    }
    return point + 1 == to ? -1 : value;
  }

  /** Two digits; -1 if one of them is none. */
  static int two(byte[] bytes, int from) {
    int tens = bytes[from] - '0';
    int ones = bytes[from + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
