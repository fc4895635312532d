package dev.yagura.accesslog.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of a file as they were before it was stored: unpacked if it is gzip, with one member or
 * many, as they are if not. Each member's checksum and length are checked.
 */
final class UnpackedBytes implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final byte[] stored = new byte[CHUNK];
  private int next;
  private int limit;
  private final boolean packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private boolean inMember;
  private boolean ended;

  UnpackedBytes(InputStream in) throws IOException {
    this.in = in;
    while (limit < 2 && load()) {
      // Two bytes tell; a stream may give them one by one.
    }
    this.packed = limit >= 2 && (stored[0] & 0xff) == 0x1f && (stored[1] & 0xff) == 0x8b;
  }

  /**
   * Reads on.
   *
   * @return how many bytes, at least one; -1 at the end
   */
  int read(byte[] target, int from, int length) throws IOException {
    return packed ? unpack(target, from, length) : copy(target, from, length);
  }

  private int copy(byte[] target, int from, int length) throws IOException {
    if (next == limit) {
      return in.read(target, from, length);
    }
    int count = Math.min(length, limit - next);
    System.arraycopy(stored, next, target, from, count);
    next += count;
    return count;
  }

  private int unpack(byte[] target, int from, int length) throws IOException {
    while (!ended) {
      if (!inMember && !beginMember()) {
        ended = true;
        break;
      }
      int count = inflate(target, from, length);
      if (count > 0) {
        checksum.update(target, from, count);
      }
      if (inflater.finished()) {
        endMember();
      }
      if (count > 0) {
        return count;
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int from, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(target, from, length);
        if (count > 0 || inflater.finished()) {
          return count;
        }
        if (inflater.needsDictionary()) {
          throw new UnreadableLogException("its gzip stream needs a dictionary");
        }
        if (next == limit && !load()) {
          throw new TruncatedLogException("its gzip stream ends in the middle");
        }
        inflater.setInput(stored, next, limit - next);
        next = limit;
      }
    } catch (DataFormatException e) {
      throw new UnreadableLogException("its gzip stream is corrupt", e);
    }
  }

  /** Whether there is one more member; zeros behind the last one are padding. */
  private boolean beginMember() throws IOException {
    int first = nextOrEnd();
    while (first == 0) {
      first = nextOrEnd();
    }
    if (first < 0) {
      return false;
    }
    if (first != 0x1f || need() != 0x8b || need() != 8) {
      throw new UnreadableLogException("there is something else behind its gzip stream");
    }
    int flags = need();
    for (int i = 0; i < 6; i++) {
      need();
    }
    if ((flags & EXTRA) != 0) {
      int length = need() | need() << 8;
      for (int i = 0; i < length; i++) {
        need();
      }
    }
    for (int text = flags & (NAME | COMMENT); text != 0; text &= text - 1) {
      while (need() != 0) {
        // A name or a comment ends with a zero.
      }
    }
    if ((flags & HEADER_CRC) != 0) {
      need();
      need();
    }
    inflater.reset();
    checksum.reset();
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    next = limit - inflater.getRemaining();
    long crc = needInt();
    long length = needInt();
    if (crc != checksum.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new UnreadableLogException("the checksum of its gzip stream is wrong");
    }
    inMember = false;
  }

  private long needInt() throws IOException {
    return need() | need() << 8 | need() << 16 | (long) need() << 24;
  }

  private int need() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw new TruncatedLogException("its gzip stream ends in the middle");
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    return next == limit && !load() ? -1 : stored[next++] & 0xff;
  }

  /** Reads more behind what is there, or anew where all was taken. */
  private boolean load() throws IOException {
    if (next == limit) {
      next = 0;
      limit = 0;
    }
    int count = in.read(stored, limit, stored.length - limit);
    limit += Math.max(count, 0);
    return count > 0;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
