package dev.yagura.ecs.reasons;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a sentence of ECS that do not change, in their order; ids and names stand between them.
 * Looking for it takes time in proportion to the text, whatever the text is.
 */
record Phrase(List<String> pieces) {
  /** What stands behind is not looked at. */
  private static final int MAX_TEXT_LENGTH = 16_384;

  private static final String START = "\u0002";
  static final String END = "\u0003";

  /** These pieces, in lower case and with no digits, which belong to ids. */
  static Phrase of(String... pieces) {
    return new Phrase(List.of(pieces));
  }

  /** This and nothing else. */
  static Phrase exactly(String text) {
    return of(START + text + END);
  }

  /**
   * A text as it is compared: in lower case, with single spaces between its words, between two
   * marks that occur nowhere else.
   */
  static String plain(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return "";
    }
    String some = text.substring(0, Math.min(text.length(), MAX_TEXT_LENGTH));
    StringBuilder plain = new StringBuilder(some.length() + 2).append(START);
    boolean wasSpace = true;
    for (char c : some.toLowerCase(Locale.ROOT).toCharArray()) {
      boolean isSpace = c <= ' ';
      if (!isSpace) {
        plain.append(c);
      } else if (!wasSpace) {
        plain.append(' ');
      }
      wasSpace = isSpace;
    }
    if (wasSpace) {
      plain.setLength(plain.length() - 1);
    }
    return plain.append(END).toString();
  }

  /** Whether a text that is {@linkplain #plain plain} has all pieces, one behind the other. */
  boolean isIn(String plain) {
    int from = 0;
    for (String piece : pieces) {
      int at = plain.indexOf(piece, from);
      if (at < 0) {
        return false;
      }
      from = at + piece.length();
    }
    return true;
  }
}
