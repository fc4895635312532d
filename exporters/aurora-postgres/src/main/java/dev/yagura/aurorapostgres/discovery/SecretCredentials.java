package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.session.Credentials;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.Objects;
import java.util.Optional;

/** What a secret of Secrets Manager holds; read again when the server denies it. */
final class SecretCredentials implements Credentials {
  private final String user;
  private final SecretValue secret;

  /**
   * Credentials from this secret.
   *
   * @param user in place of the secret's, where not empty
   */
  SecretCredentials(String user, SecretValue secret) {
    this.user = user;
    this.secret = secret;
  }

  @Override
  public Login login(Deadline deadline) throws ScrapeException {
    return as(secret.get(deadline));
  }

  @Override
  public Optional<Login> afterDenial(Login denied, Deadline deadline) throws ScrapeException {
    Login now = as(secret.get(deadline));
    if (isSame(now, denied)) {
      now = as(secret.again(deadline));
    }
    return isSame(now, denied) ? Optional.empty() : Optional.of(now);
  }

  private Login as(Login inSecret) throws ScrapeException {
    if (user.isEmpty() && inSecret.user().isEmpty()) {
      throw new ScrapeException(
          FailureReason.INVALID,
          "the secret names no user: give user in the entry, or \"username\" in the secret");
    }
    return user.isEmpty() ? inSecret : new Login(user, inSecret.password());
  }

  private static boolean isSame(Login one, Login other) {
    return one.user().equals(other.user()) && Objects.equals(one.password(), other.password());
  }
}
