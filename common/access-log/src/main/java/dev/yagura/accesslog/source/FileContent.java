package dev.yagura.accesslog.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of one version of a file: if it changes while it is read, reading fails. */
record FileContent(Path file, long size, long modifiedMillis) implements LogObject.Content {
  /** What the ledger knows this version by. */
  static ObjectId idOf(Path file, BasicFileAttributes attributes) {
    return new ObjectId(
        file.toString(), attributes.size() + "-" + attributes.lastModifiedTime().toMillis());
  }

  @Override
  public InputStream open() throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      check();
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
    return new Checked(bytes);
  }

  private void check() throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    if (now.size() != size || now.lastModifiedTime().toMillis() != modifiedMillis) {
      throw new IOException(file + " has changed since it was found");
    }
  }

  /** Without the second look, what was appended meanwhile would count twice. */
  private final class Checked extends FilterInputStream {
    Checked(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one < 0) {
        check();
      }
      return one;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = super.read(to, offset, length);
      if (count < 0) {
        check();
      }
      return count;
    }
  }
}
