package dev.yagura.core.web.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;

/** The one computation that is slow on purpose. */
@FunctionalInterface
interface Bcrypt {
  boolean matches(byte[] password, BcryptHash hash);

  /** The real one; as in the toolkit, what follows the 72nd byte of a password does not count. */
  static boolean compute(byte[] password, BcryptHash hash) {
    return BCrypt.verifyer(BCrypt.Version.VERSION_2A, LongPasswordStrategies.none())
        .verify(password, hash.value().getBytes(StandardCharsets.US_ASCII))
        .verified;
  }
}
