package dev.yagura.core.web.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which passwords were right and which were wrong, under a salted digest. The two are
 * kept apart so that a flood of wrong ones does not drive out the right ones.
 */
final class Verdicts {
  private static final int REMEMBERED = 1000;

  private final byte[] salt = new byte[32];
  private final Map<ByteBuffer, Boolean> right = bounded();
  private final Map<ByteBuffer, Boolean> wrong = bounded();

  Verdicts() {
    new SecureRandom().nextBytes(salt);
  }

  ByteBuffer key(String user, BcryptHash hash, byte[] password) {
    return digest(
        user.getBytes(StandardCharsets.UTF_8),
        hash.value().getBytes(StandardCharsets.US_ASCII),
        password);
  }

  /** A number that is always the same for a name, and that nobody outside can foretell. */
  int number(String user) {
    return digest(user.getBytes(StandardCharsets.UTF_8)).getInt(0);
  }

  Optional<Boolean> recall(ByteBuffer key) {
    Boolean accepted = right.get(key);
    return Optional.ofNullable(accepted != null ? accepted : wrong.get(key));
  }

  void remember(ByteBuffer key, boolean accepted) {
    (accepted ? right : wrong).put(key, accepted);
  }

  private ByteBuffer digest(byte[]... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      for (byte[] part : parts) {
        // With its length, so that no two different splits give the same digest.
        sha256.update(ByteBuffer.allocate(4).putInt(0, part.length));
        sha256.update(part);
      }
      return ByteBuffer.wrap(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static Map<ByteBuffer, Boolean> bounded() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > REMEMBERED;
          }
        });
  }
}
