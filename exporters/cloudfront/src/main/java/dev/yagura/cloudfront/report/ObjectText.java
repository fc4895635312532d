package dev.yagura.cloudfront.report;

import java.nio.charset.StandardCharsets;

/**
 * Names of objects as text. They come from whoever asks for a URL, so nothing in them may steer
 * what shows them. CloudFront percent-encodes such characters in its logs; where it did not, this
 * does.
 */
public final class ObjectText {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private ObjectText() {}

  /** With half surrogate pairs replaced, which no encoding could write. */
  static String wellFormed(String text) {
    int i = 0;
    while (i < text.length() && !Character.isSurrogate(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isHalf(c) ? 0xFFFD : c));
    return out.toString();
  }

  /** For browsers: what is not seen, or would turn the direction of the text, percent-encoded. */
  public static String visible(String text) {
    return encoded(text, false);
  }

  /** For terminals: everything but printable ASCII percent-encoded; one character is one column. */
  static String ascii(String text) {
    return encoded(text, true);
  }

  private static String encoded(String text, boolean asciiOnly) {
    int i = 0;
    while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) < 0x7F) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .map(c -> isHalf(c) ? 0xFFFD : c)
        .forEach(
            c -> {
              if (c < 0x20 || c == 0x7F || (c > 0x7F && (asciiOnly || steers(c)))) {
                percent(out, c);
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static void percent(StringBuilder out, int codePoint) {
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      out.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
    }
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean steers(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  /** Without its middle if it is longer: both the folder and the file name tell something. */
  static String cut(String text, int most, String ellipsis) {
    if (text.length() <= most) {
      return text;
    }
    int kept = Math.max(0, most - ellipsis.length());
    int head = kept * 2 / 5;
    int tail = text.length() - (kept - head);
    if (head > 0 && Character.isHighSurrogate(text.charAt(head - 1))) {
      head--;
    }
    if (tail < text.length() && Character.isLowSurrogate(text.charAt(tail))) {
      tail++;
    }
    return text.substring(0, head) + ellipsis + text.substring(tail);
  }
}
