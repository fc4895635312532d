package dev.yagura.core.web.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
<<<<<<< HEAD
import java.util.Arrays;
=======
>>>>>>> webconfig

/** The one computation that is slow on purpose. */
@FunctionalInterface
interface Bcrypt {
  boolean matches(byte[] password, BcryptHash hash);

  /** The real one; as in the toolkit, what follows the 72nd byte of a password does not count. */
  static boolean compute(byte[] password, BcryptHash hash) {
<<<<<<< HEAD
    byte[] counted = Arrays.copyOf(password, Math.min(password.length, 72));
    return BCrypt.verifyer(BCrypt.Version.VERSION_2A, LongPasswordStrategies.none())
        .verify(counted, hash.value().getBytes(StandardCharsets.US_ASCII))
=======
    return BCrypt.verifyer(BCrypt.Version.VERSION_2A, LongPasswordStrategies.none())
        .verify(password, hash.value().getBytes(StandardCharsets.US_ASCII))
>>>>>>> webconfig
        .verified;
  }
}
