package dev.yagura.accesslog.heavy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A row of counters for each object. An object is its bytes; finding its row makes no garbage, and
 * a new one costs one array. Rows are numbered from 0 without gaps; they move only in {@link
 * #retain}.
 */
public final class ObjectTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  /** Another one in each process: who chooses the objects must not choose where they collide. */
  private static final long SEED = ThreadLocalRandom.current().nextLong();

  private static final int CHUNK_BITS = 10;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /** There may be a table for each hour of many days: one with a few rows has to be small. */
  private static final int FEWEST_ROWS = 8;

  private final int columns;

  /** The hash in the upper half and the row plus one in the lower; 0 is free. */
  private long[] slots = new long[2 * FEWEST_ROWS];

  private byte[][] keys = new byte[FEWEST_ROWS][];
  private int[] hashes = new int[FEWEST_ROWS];
  private long[][] chunks = {new long[0]};
  private int size;
  private int units;

  /** A table without rows, of this many counters in each. */
  public ObjectTable(int columns) {
    this.columns = columns;
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** How much memory the rows take, as a number of objects with short names. */
  public int units() {
    return units;
  }

  /** Whoever chooses the names must not choose the memory: one more for each 64 bytes. */
  public static int units(byte[] object) {
    return 1 + object.length / 64;
  }

  /** The row of these bytes; -1 if there is none. */
  public int find(byte[] bytes, int from, int to) {
    return find(bytes, from, to, hash(bytes, from, to));
  }

  /** The row of this object; -1 if there is none. */
  public int find(byte[] object) {
    return find(object, 0, object.length);
  }

  private int find(byte[] bytes, int from, int to, int hash) {
    int mask = slots.length - 1;
    for (int at = hash & mask; ; at = (at + 1) & mask) {
      long slot = slots[at];
      if (slot == 0) {
        return -1;
      }
      if ((int) (slot >>> 32) == hash) {
        int row = (int) slot - 1;
        if (same(keys[row], bytes, from, to)) {
          return row;
        }
      }
    }
  }

  /** The row of these bytes, a new one of zeros if there was none. */
  public int findOrAdd(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    int row = find(bytes, from, to, hash);
    return row >= 0 ? row : add(Arrays.copyOfRange(bytes, from, to), hash);
  }

  /** The row of this object, which must not change any more; a new one if there was none. */
  public int findOrAdd(byte[] object) {
    int hash = hash(object, 0, object.length);
    int row = find(object, 0, object.length, hash);
    return row >= 0 ? row : add(object, hash);
  }

  private int add(byte[] key, int hash) {
    if (size == keys.length) {
      int length = 2 * size;
      keys = Arrays.copyOf(keys, length);
      hashes = Arrays.copyOf(hashes, length);
      slots = new long[2 * length];
      for (int row = 0; row < size; row++) {
        occupy(row);
      }
    }
    int row = size++;
    keys[row] = key;
    hashes[row] = hash;
    units += units(key);
    occupy(row);
    makeRoom(row);
    return row;
  }

  /** The first chunk grows, the others are of one size. */
  private void makeRoom(int row) {
    int chunk = row >>> CHUNK_BITS;
    if (chunk == 0) {
      if (row * columns == chunks[0].length) {
        int rows = Math.min(CHUNK, Math.max(FEWEST_ROWS, 2 * row));
        chunks[0] = Arrays.copyOf(chunks[0], rows * columns);
      }
      return;
    }
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunk);
    }
    if (chunks[chunk] == null) {
      chunks[chunk] = new long[CHUNK * columns];
    }
  }

  private void occupy(int row) {
    int mask = slots.length - 1;
    int at = hashes[row] & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = ((long) hashes[row] << 32) | (row + 1);
  }

  /** The object of a row; not to be changed. */
  public byte[] object(int row) {
    return keys[row];
  }

  /** Where the counters of a row stand in {@link #counters}. */
  public int offset(int row) {
    return (row & (CHUNK - 1)) * columns;
  }

  /**
   * The array that holds the counters of a row, from {@link #offset} on; for adding to them until
   * the next row is added.
   */
  public long[] counters(int row) {
    return chunks[row >>> CHUNK_BITS];
  }

  /** One counter. */
  public long get(int row, int column) {
    return counters(row)[offset(row) + column];
  }

  /** A copy of all counters of a row. */
  public long[] row(int row) {
    int from = offset(row);
    return Arrays.copyOfRange(counters(row), from, from + columns);
  }

  /**
   * Keeps these rows only, in their order.
   *
   * @return for each row that is left, from the first on, where it was
   */
  public int[] retain(BitSet kept) {
    int[] origins = kept.stream().filter(row -> row < size).toArray();
    units = 0;
    for (int row = 0; row < origins.length; row++) {
      int origin = origins[row];
      units += units(keys[origin]);
      if (origin != row) {
        keys[row] = keys[origin];
        hashes[row] = hashes[origin];
        System.arraycopy(counters(origin), offset(origin), counters(row), offset(row), columns);
      }
    }
    Arrays.fill(keys, origins.length, size, null);
    for (int row = origins.length; row < size; row++) {
      Arrays.fill(counters(row), offset(row), offset(row) + columns, 0);
    }
    size = origins.length;
    Arrays.fill(slots, 0);
    for (int row = 0; row < size; row++) {
      occupy(row);
    }
    return origins;
  }

  /** Removes every row; what was allocated stays for those to come. */
  public void clear() {
    retain(new BitSet());
  }

  private static boolean same(byte[] key, byte[] bytes, int from, int to) {
    int length = to - from;
    if (key.length != length) {
      return false;
    }
    if (length < Long.BYTES) {
      return Arrays.equals(key, 0, length, bytes, from, to);
    }
    // The last eight bytes overlap those before: there is no rest to look at one by one.
    for (int at = 0; at < length - Long.BYTES; at += Long.BYTES) {
      if ((long) LONGS.get(key, at) != (long) LONGS.get(bytes, from + at)) {
        return false;
      }
    }
    return (long) LONGS.get(key, length - Long.BYTES) == (long) LONGS.get(bytes, to - Long.BYTES);
  }

  private static int hash(byte[] bytes, int from, int to) {
    long hash = (SEED + to - from) * MIX;
    if (to - from < Long.BYTES) {
      for (int at = from; at < to; at++) {
        hash = (hash ^ bytes[at]) * MIX;
      }
    } else {
      for (int at = from; at < to - Long.BYTES; at += Long.BYTES) {
        hash = (hash ^ (long) LONGS.get(bytes, at)) * MIX;
        hash ^= hash >>> 29;
      }
      hash = (hash ^ (long) LONGS.get(bytes, to - Long.BYTES)) * MIX;
    }
    hash ^= hash >>> 32;
    return (int) ((hash * MIX) >>> 32);
  }
}
