package dev.yagura.core.web.security;

import java.io.ByteArrayOutputStream;
import java.security.KeyException;
import java.util.Arrays;

/** The few words of DER that it takes to wrap one key format in another. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;
  static final int CONTEXT_0 = 0xA0;

  private final byte[] bytes;
  private int at;

  private Der(byte[] bytes) {
    this.bytes = bytes;
  }

  /** One value: its tag and what it holds. */
  static final class Value {
    private final int tag;
    private final byte[] content;

    private Value(int tag, byte[] content) {
      this.tag = tag;
      this.content = content;
    }

    int tag() {
      return tag;
    }

    byte[] content() {
      return content.clone();
    }
  }

  static Der reader(byte[] bytes) {
    return new Der(bytes);
  }

  boolean hasNext() {
    return at < bytes.length;
  }

  Value next() throws KeyException {
    int tag = octet();
    int length = octet();
    if (length >= 0x80) {
      int octets = length - 0x80;
      if (octets < 1 || octets > 3) {
        throw new KeyException("is not DER");
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = (length << 8) | octet();
      }
    }
    if (length > bytes.length - at) {
      throw new KeyException("is not DER");
    }
    at += length;
    return new Value(tag, Arrays.copyOfRange(bytes, at - length, at));
  }

  private int octet() throws KeyException {
    if (at >= bytes.length) {
      throw new KeyException("is not DER");
    }
    return bytes[at++] & 0xFF;
  }

  static byte[] write(int tag, byte[]... contents) {
    byte[] content = concat(contents);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int octets = (39 - Integer.numberOfLeadingZeros(content.length)) / 8;
      out.write(0x80 | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(content.length >>> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
