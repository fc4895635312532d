package dev.yagura.cloudfront.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Objects as values of a label. */
final class ObjectLabel {
  /** The object of everything that has no series of its own. */
  static final String OTHER = "other";

  private ObjectLabel() {}

  /**
   * Whether the object can be told from all others by its label: it is UTF-8, and not called as
   * what the others are.
   */
  static boolean isOne(byte[] object) {
    String text = text(object);
    return !text.equals(OTHER) && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), object);
  }

  /** As text; what is not UTF-8 is replaced. */
  static String text(byte[] object) {
    return new String(object, StandardCharsets.UTF_8);
  }
}
