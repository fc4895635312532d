package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.ingest.Ledger.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of a file as stored while they are read, and knows them again by their CRC. What
 * a client library throws unchecked while they arrive is no fault of the reader: it becomes an
 * {@link IOException}.
 */
final class StoredBytes extends FilterInputStream {
  private static final int PIECE = 8_192;

  private final CRC32C crc = new CRC32C();
  private final List<Content> known;
  private int nextKnown;
  private @Nullable Content begins;
  private long length;

  /**
   * Counts these bytes.
   *
   * @param known contents with which they may begin, the shortest first
   */
  StoredBytes(InputStream in, List<Content> known) {
    super(in);
    this.known = known;
  }

  @Override
  public int read() throws IOException {
    int value;
    try {
      value = in.read();
    } catch (RuntimeException e) {
      throw brokenOff(e);
    }
    if (value >= 0) {
      count(new byte[] {(byte) value}, 0, 1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    int got;
    try {
      got = in.read(buffer, offset, count);
    } catch (RuntimeException e) {
      throw brokenOff(e);
    }
    if (got > 0) {
      count(buffer, offset, got);
    }
    return got;
  }

  private void count(byte[] buffer, int offset, int count) {
    int from = offset;
    int to = offset + count;
    while (nextKnown < known.size() && known.get(nextKnown).size() <= length + to - from) {
      Content content = known.get(nextKnown++);
      int part = (int) (content.size() - length);
      crc.update(buffer, from, part);
      length += part;
      from += part;
      if (crc.getValue() == content.crc()) {
        begins = content;
      }
    }
    crc.update(buffer, from, to - from);
    length += to - from;
  }

  private static IOException brokenOff(RuntimeException e) {
    return new IOException("it broke off: " + e.getClass().getSimpleName(), e);
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(Math.max(count, 0), PIECE)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads what the reader left; the CRC is of the whole file then. */
  void finish() throws IOException {
    byte[] rest = new byte[PIECE];
    while (read(rest, 0, rest.length) >= 0) {
      // All of it counts.
    }
  }

  /** The contents that it was compared with. */
  List<Content> known() {
    return known;
  }

  /** Whether all of it, or its beginning, is a known content. */
  boolean isKnown() {
    return begins != null;
  }

  /** Whether all of it is a known content, and not its beginning only. */
  boolean isKnownWhole() {
    Content longest = begins;
    return longest != null && longest.size() == length;
  }

  long length() {
    return length;
  }

  long crc() {
    return crc.getValue();
  }
}
