package dev.yagura.aurorapostgres.session;

import dev.yagura.core.config.Secret;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who logs in, and with what; asked anew at each connect. For any thread. */
@FunctionalInterface
public interface Credentials {
  /**
   * One login.
   *
   * @param user empty for the driver's default, the user of this process
   * @param password never printed; null to send none
   */
  record Login(String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /**
   * What to log in with now.
   *
   * @throws ScrapeException if that cannot be had before the deadline
   */
  Login login(Deadline deadline) throws ScrapeException;

  /**
   * What to try once more, after the server denied a login; nothing if there is nothing new.
   *
   * @throws ScrapeException if it cannot be had before the deadline
   */
  default Optional<Login> afterDenial(Login denied, Deadline deadline) throws ScrapeException {
    return Optional.empty();
  }

  /**
   * What a person could do where the server denies the login; empty for nothing but the obvious.
   */
  default String advice() {
    return "";
  }

  /** The same user always, and a secret that is read at each connect; null to send none. */
  static Credentials of(String user, @Nullable Secret password) {
    return deadline -> {
      try {
        return new Login(user, password == null ? null : password.reveal());
      } catch (Secret.UnreadableSecretException e) {
        throw new ScrapeException(FailureReason.DENIED, String.valueOf(e.getMessage()), e);
      }
    };
  }
}
