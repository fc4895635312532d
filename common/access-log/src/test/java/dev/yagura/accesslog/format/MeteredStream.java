package dev.yagura.accesslog.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Gives its bytes in pieces of any size, and counts what is asked of it. */
final class MeteredStream extends InputStream {
  private final byte[] bytes;
  private final Random random;
  private final int largestPiece;
  private int next;
  int reads;
  int readsBehindTheEnd;

  MeteredStream(byte[] bytes, Random random, int largestPiece) {
    this.bytes = bytes;
    this.random = random;
    this.largestPiece = largestPiece;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) {
    reads++;
    if (next == bytes.length) {
      readsBehindTheEnd++;
      return -1;
    }
    int piece = Math.min(length, 1 + random.nextInt(largestPiece));
    int count = Math.min(piece, bytes.length - next);
    System.arraycopy(bytes, next, target, from, count);
    next += count;
    return count;
  }

  boolean atEnd() {
    return next == bytes.length;
  }
}
