package dev.yagura.loggenerator;

import java.util.Locale;
import java.util.SplittableRandom;

/** Text inside JSON quotes; now and then with escapes that need not be. */
final class JsonText {
  private static final int ODD_EVERY = 200;

  private JsonText() {}

  static void append(String value, SplittableRandom random, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || random.nextInt(ODD_EVERY) == 0) {
        if (c == '/') {
          text.append("\\/");
        } else {
          text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
      } else {
        text.append(c);
      }
    }
  }
}
