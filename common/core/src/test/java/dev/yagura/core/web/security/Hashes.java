package dev.yagura.core.web.security;

import at.favre.lib.crypto.bcrypt.BCrypt;

/** Bcrypt hashes at the lowest cost, so that tests are quick. */
final class Hashes {
  private Hashes() {}

  static String of(String password) {
    return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
  }
}
