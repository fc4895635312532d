package dev.yagura.accesslog.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches bytes eight at a time. */
public final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_SEVEN = 0x7f7f_7f7f_7f7f_7f7fL;
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Bytes() {}

  /** Eight bytes, the first one lowest. */
  public static long eight(byte[] bytes, int from) {
    return (long) LONGS.get(bytes, from);
  }

  /** This byte, eight times. */
  public static long repeat(byte value) {
    return (value & 0xffL) * LOW_BITS;
  }

  /** The highest bit of each byte in which both words are the same; exact in every byte. */
  public static long same(long word, long pattern) {
    long difference = word ^ pattern;
    return ~(((difference & LOW_SEVEN) + LOW_SEVEN) | difference | LOW_SEVEN);
  }

  /** Whether any byte of two words is that of the pattern. */
  public static boolean have(long word, long other, long pattern) {
    long difference = word ^ pattern;
    long otherDifference = other ^ pattern;
    long found =
        ((difference - LOW_BITS) & ~difference) | ((otherDifference - LOW_BITS) & ~otherDifference);
    return (found & HIGH_BITS) != 0;
  }

  /** How many bytes {@link #same} found in two words. */
  public static int count(long same, long other) {
    return (int) ((((same >>> 7) + (other >>> 7)) * LOW_BITS) >>> 56);
  }

  /** Which byte the lowest bit of {@link #same} stands for. */
  public static int first(long same) {
    // The bits below the lowest one, a byte each, counted: the first compiler knows no instruction.
    return (int) ((((((same - 1) & ~same) >>> 7) & LOW_BITS) * LOW_BITS) >>> 56);
  }

  /** Where this byte is first, from {@code from} to before {@code to}; -1 if nowhere. */
  public static int indexOf(byte[] bytes, int from, int to, byte value) {
    long pattern = repeat(value);
    int position = from;
    for (; position <= to - Long.BYTES; position += Long.BYTES) {
      long found = same(eight(bytes, position), pattern);
      if (found != 0) {
        return position + first(found);
      }
    }
    for (; position < to; position++) {
      if (bytes[position] == value) {
        return position;
      }
    }
    return -1;
  }
}
