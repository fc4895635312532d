package dev.yagura.accesslog.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Makes what is wrong with files in practice, and worse. */
final class Mutations {
  private static final String[] PIECES = {
    "\n",
    "\r\n",
    "\r",
    "#",
    "#Fields:\n",
    "#Fields: date\n",
    "\n#Fields: cs-uri-stem sc-bytes\n",
    "#Version: 1.0\n",
    "{",
    "}",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "\\ud83d\\ude00",
    "[[[[",
    "]]",
    ",",
    "\t",
    "\t\t\t",
    "-",
    "\0",
    "\0\0\0\0\0\0\0\0\0",
    "null",
    "{}",
    "{\"sc-bytes\":",
    "9".repeat(40),
    "\u00c3(",
    "\u00ff\u00fe",
    "\u00ef\u00bb\u00bf",
    "PAR1",
    "\u001f\u008b\b",
    " "
  };

  private Mutations() {}

  /** A few changes at random places. */
  static byte[] mutate(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      changed = once(changed, random);
    }
    return changed;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    byte[] before = Arrays.copyOf(bytes, at);
    byte[] behind = Arrays.copyOfRange(bytes, at, bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> before;
      case 1 -> {
        if (behind.length > 0) {
          behind[0] ^= (byte) (1 << random.nextInt(8));
        }
        yield join(before, behind);
      }
      case 2 ->
          join(
              before,
              PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.ISO_8859_1),
              behind);
      case 3 ->
          join(
              before,
              Arrays.copyOfRange(
                  behind, Math.min(behind.length, random.nextInt(200)), behind.length));
      case 4 -> join(bytes, behind);
      default -> {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        yield join(before, noise, behind);
      }
    };
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
