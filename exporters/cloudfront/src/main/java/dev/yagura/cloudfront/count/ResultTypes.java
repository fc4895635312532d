package dev.yagura.cloudfront.count;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers for result types: those that AWS documents or that its logs are known to hold, and others
 * as they come if they are words, so many at most.
 */
public final class ResultTypes {
  /** How many that are not known are told apart. */
  public static final int UNKNOWN_AT_MOST = 32;

  static final int HIT = 0;
  static final int MISS = 1;
  static final int ERROR = 2;

  /** All those for which there is no room. */
  public static final String OTHER = "other";

  /** Those that always have their own number, {@link #OTHER} included. */
  public static final List<String> KNOWN =
      List.of(
          "Hit",
          "Miss",
          "Error",
          "RefreshHit",
          "Redirect",
          "LimitExceeded",
          "CapacityExceeded",
          "LambdaExecutionError",
          "LambdaGeneratedResponse",
          "FunctionGeneratedResponse",
          OTHER);

  private static final int OTHER_NUMBER = KNOWN.size() - 1;
  private static final int LONGEST = 40;

  private final byte[][] types = new byte[KNOWN.size() + UNKNOWN_AT_MOST][];
  private int size;

  ResultTypes() {
    KNOWN.forEach(type -> types[size++] = type.getBytes(StandardCharsets.US_ASCII));
  }

  /** How many numbers are in use. */
  int size() {
    return size;
  }

  String name(int number) {
    return new String(types[number], StandardCharsets.US_ASCII);
  }

  /** The number of a type. */
  int number(byte[] bytes, int from, int to) {
    for (int number = 0; number < size; number++) {
      byte[] type = types[number];
      if (type.length == to - from
          && type[0] == bytes[from]
          && Arrays.equals(type, 0, type.length, bytes, from, to)) {
        return number;
      }
    }
    if (size == types.length || !isName(bytes, from, to)) {
      return OTHER_NUMBER;
    }
    types[size] = Arrays.copyOfRange(bytes, from, to);
    return size++;
  }

  /**
   * Whether it is a word as AWS writes its types. Where a value holds what is between columns, all
   * that follow are in the wrong one: an address or an agent is none.
   */
  private static boolean isName(byte[] bytes, int from, int to) {
    if (to - from > LONGEST || from == to || bytes[from] < 'A' || bytes[from] > 'Z') {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      byte b = bytes[i];
      boolean word = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
      if (!word) {
        return false;
      }
    }
    return true;
  }
}
