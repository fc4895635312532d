package dev.yagura.core.web.security;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells right passwords from wrong ones. A name that nobody has costs as much as one that somebody
 * has, and no crowd of clients makes more than two computations run at once.
 */
final class PasswordCheck {
  static final int AT_ONCE = 2;
  static final int WAITING = 4;

  enum Outcome {
    ACCEPTED,
    REFUSED,
    BUSY
  }

  private final Bcrypt bcrypt;
  private final Duration patience;
  private final Verdicts verdicts = new Verdicts();
  private final Semaphore admitted = new Semaphore(AT_ONCE + WAITING);
  private final Semaphore computing = new Semaphore(AT_ONCE, true);

  PasswordCheck(Bcrypt bcrypt, Duration patience) {
    this.bcrypt = bcrypt;
    this.patience = patience;
  }

  Outcome check(Map<String, BcryptHash> users, Credentials credentials) {
    BcryptHash own = users.get(credentials.user());
    BcryptHash hash = own == null ? decoyFor(credentials.user(), users) : own;
    byte[] password = credentials.password();
    ByteBuffer key = verdicts.key(credentials.user(), hash, password);
    Optional<Boolean> known = verdicts.recall(key);
    if (known.isPresent()) {
      return outcome(known.get());
    }
    // Those who wait hold a thread of the server each, so only a few may wait.
    if (!admitted.tryAcquire()) {
      return Outcome.BUSY;
    }
    try {
      return compute(key, password, hash, own != null);
    } finally {
      admitted.release();
    }
  }

  private Outcome compute(ByteBuffer key, byte[] password, BcryptHash hash, boolean someone) {
    try {
      if (!computing.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return Outcome.BUSY;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.BUSY;
    }
    try {
      boolean accepted = bcrypt.matches(password, hash) && someone;
      verdicts.remember(key, accepted);
      return outcome(accepted);
    } finally {
      computing.release();
    }
  }

  /** Each unknown name borrows the cost of some user, always the same one, as if it were known. */
  private BcryptHash decoyFor(String user, Map<String, BcryptHash> users) {
    List<BcryptHash> hashes = List.copyOf(users.values());
    return hashes.get(Math.floorMod(verdicts.number(user), hashes.size())).decoy();
  }

  private static Outcome outcome(boolean accepted) {
    return accepted ? Outcome.ACCEPTED : Outcome.REFUSED;
  }
}
