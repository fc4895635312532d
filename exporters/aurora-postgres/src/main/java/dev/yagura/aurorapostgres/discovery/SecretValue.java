package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aurorapostgres.session.Credentials.Login;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * A secret as it was last read. Each reading costs money, so it is read once, again only where it
 * is told to be out of date, and at most once a minute; where there was no answer, after 5 seconds,
 * 15, and then once a minute. For any thread.
 */
final class SecretValue {
  private static final String ACTION = "secretsmanager:GetSecretValue";
  private static final Duration LEAST = Duration.ofMinutes(1);

  /** From one reading that got no answer to the next; then the usual. */
  private static final List<Duration> SOON = List.of(Duration.ofSeconds(5), Duration.ofSeconds(15));

  /** What may be over in a moment. */
  private static final Set<FailureReason> MOMENTARY =
      EnumSet.of(FailureReason.TIMEOUT, FailureReason.UNREACHABLE, FailureReason.THROTTLED);

  private final String arn;
  private final LongSupplier nanoClock;
  private final SecretsManagerClient client;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private @Nullable Login login;
  private @Nullable ScrapeException failure;
  private int unanswered;
  private boolean asked;
  private long askedAt;

  /**
   * Not read before it is needed.
   *
   * @param client of the account and region that the secret is in
   */
  SecretValue(SecretsManagerClient client, String arn, LongSupplier nanoClock) {
    this.client = client;
    this.arn = arn;
    this.nanoClock = nanoClock;
  }

  /**
   * What was last read; it is read now if it never was.
   *
   * @throws ScrapeException if it cannot be read, or could not be a short while ago
   */
  Login get(Deadline deadline) throws ScrapeException {
    return locked(deadline, () -> login == null ? read(deadline) : login);
  }

  /**
   * What it is now; what was last read if that is less than a minute ago.
   *
   * @throws ScrapeException if it cannot be read
   */
  Login again(Deadline deadline) throws ScrapeException {
    return locked(deadline, () -> login == null || !isRecent() ? read(deadline) : login);
  }

  @FunctionalInterface
  private interface Step {
    Login take() throws ScrapeException, InterruptedException;
  }

  private Login locked(Deadline deadline, Step step) throws ScrapeException {
    try {
      if (!lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to read a secret");
      }
      try {
        return step.take();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      throw Interruption.failed("read a secret", e);
    }
  }

  private boolean isRecent() {
    Duration wait = unanswered > 0 && unanswered <= SOON.size() ? SOON.get(unanswered - 1) : LEAST;
    return asked && nanoClock.getAsLong() - askedAt < wait.toNanos();
  }

  private Login read(Deadline deadline) throws ScrapeException, InterruptedException {
    if (failure != null && isRecent()) {
      throw new ScrapeException(
          failure.reason(), failure.getMessage() + "; asked again later", failure);
    }
    asked = true;
    askedAt = nanoClock.getAsLong();
    try {
      String text =
          AwsPlace.call(
              ACTION,
              () ->
                  client
                      .getSecretValue(
                          request ->
                              request
                                  .secretId(arn)
                                  .overrideConfiguration(
                                      own -> own.apiCallTimeout(patience(deadline))))
                      .secretString());
      if (text == null) {
        throw new ScrapeException(FailureReason.INVALID, "the secret is binary; it must be text");
      }
      login = SecretText.login(text);
      failure = null;
      unanswered = 0;
      return login;
    } catch (ScrapeException e) {
      failure = e;
      unanswered = MOMENTARY.contains(e.reason()) ? unanswered + 1 : 0;
      throw e;
    }
  }

  /** It leaves time to log in. */
  private static Duration patience(Deadline deadline) {
    Duration half = deadline.remaining().dividedBy(2);
    return half.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : half;
  }
}
