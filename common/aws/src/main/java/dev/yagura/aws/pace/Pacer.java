package dev.yagura.aws.pace;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps all of this process together below the limits of AWS: a token bucket for each account,
 * region and family of operations, as {@link ApiLimits} says. A bucket that is throttled runs at
 * half its rate, and comes back slowly. One for a process. For any thread.
 */
public final class Pacer {
  /** Longer than this nobody waits: it is then told that the limit is used up. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Waits; with a clock of a test it lets that clock go on. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /** A call that would have had to wait too long for its turn. */
  public static final class TooBusyException extends Exception {
    private static final long serialVersionUID = 1L;

    TooBusyException(String message) {
      super(message);
    }
  }

  private record Key(String account, String region, String family) {}

  private final ApiLimits limits;
  private final LongSupplier nanoClock;
  private final Sleeper sleeper;
  private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

  /** A pacer whose buckets are full. */
  public Pacer(ApiLimits limits, LongSupplier nanoClock, Sleeper sleeper) {
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.sleeper = sleeper;
  }

  /**
   * Waits until this call may be made.
   *
   * @param service as IAM writes it
   * @throws TooBusyException if that would take longer than {@link #LONGEST_WAIT}; the call must
   *     not be made then
   */
  public void await(String account, String region, String service, String operation)
      throws InterruptedException, TooBusyException {
    await(account, region, service, operation, 1);
  }

  /**
   * Waits until something may be asked that counts as several.
   *
   * @param units such as the points of an answer; what is more than a burst counts as that
   * @throws TooBusyException as above
   */
  public void await(String account, String region, String service, String operation, double units)
      throws InterruptedException, TooBusyException {
    Optional<Bucket> bucket = bucket(account, region, service, operation);
    if (bucket.isEmpty()) {
      return;
    }
    Optional<Duration> wait = bucket.get().take(units, LONGEST_WAIT);
    if (wait.isEmpty()) {
      throw new TooBusyException(
          service + ":" + operation + " would have to wait too long for its turn");
    }
    if (!wait.get().isZero()) {
      sleeper.sleep(wait.get());
    }
  }

  /** Notes that AWS asked for fewer of these. */
  public void throttled(String account, String region, String service, String operation) {
    bucket(account, region, service, operation).ifPresent(Bucket::slowDown);
  }

  /** Calls a second that are made at most now; empty where there is no limit. */
  public Optional<Double> rate(String account, String region, String service, String operation) {
    return bucket(account, region, service, operation).map(Bucket::rate);
  }

  private Optional<Bucket> bucket(String account, String region, String service, String operation) {
    return limits
        .of(service, operation)
        .map(
            limit ->
                buckets.computeIfAbsent(
                    new Key(account, region, limit.family()),
                    key -> new Bucket(limit.burst(), limit.perSecond(), nanoClock)));
  }
}
