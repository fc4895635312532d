package dev.yagura.accesslog.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * Counts the bytes of a file as stored while they are read, and knows them again by their CRC. What
 * a client library throws unchecked while they arrive is no fault of the reader: it becomes an
 * {@link IOException}.
 */
final class StoredBytes extends FilterInputStream {
  private static final int PIECE = 8_192;

  private final CRC32C crc = new CRC32C();
  private long length;

  StoredBytes(InputStream in) {
    super(in);
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
      crc.update(value);
      length++;
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
      crc.update(buffer, offset, got);
      length += got;
    }
    return got;
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

  long length() {
    return length;
  }

  long crc() {
    return crc.getValue();
  }
}
