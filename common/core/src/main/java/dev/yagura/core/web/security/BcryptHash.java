package dev.yagura.core.web.security;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A password as the file holds it; never printed. */
record BcryptHash(String value, String cost) {
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");

  static Optional<BcryptHash> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new BcryptHash(text, matcher.group(1)))
        : Optional.empty();
  }

  /** A hash that is as much work as this one and belongs to nobody. */
  BcryptHash decoy() {
    return new BcryptHash(
        "$2a$" + cost + "$" + "nobodynobodynobodynobu".concat("x".repeat(31)), cost);
  }

  @Override
  public String toString() {
    return "***";
  }
}
