package dev.yagura.cloudfront.distributions;

import dev.yagura.cloudfront.count.DistributionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells whether logs ought to be there and are not. */
final class MissingLogs {
  /** After a start, what came while nobody looked is counted by then. */
  private static final Duration CATCH_UP = Duration.ofHours(1);

  private final Duration within;
  private final LogArrivals arrivals;
  private final Instant now;
  private final Instant oldest;
  private final boolean someAreUnnamed;

  MissingLogs(Duration within, LogArrivals arrivals, Instant now) {
    this.within = within;
    this.arrivals = arrivals;
    this.now = now;
    this.oldest = now.minus(within);
    this.someAreUnnamed =
        arrivals.newest().entrySet().stream()
            .anyMatch(log -> !DistributionName.isId(log.getKey()) && isRecent(log.getValue()));
  }

  private boolean isRecent(Instant request) {
    return !request.isBefore(oldest);
  }

  /** Whether the logs of a distribution are missing; empty if that cannot be told. */
  Optional<Boolean> of(ListedDistribution distribution, StandardLogging logging) {
    Instant newest = arrivals.newest().get(distribution.id());
    if (newest != null && isRecent(newest)) {
      return Optional.of(false);
    }
    boolean expected =
        logging.enabled()
            && distribution.enabled()
            && !isRecent(distribution.lastModified()) // Logging may be on only since then.
            && !someAreUnnamed; // They may be this distribution's.
    return expected && lookedFor(newest == null) ? Optional.of(true) : Optional.empty();
  }

  private boolean lookedFor(boolean never) {
    Duration enough = never || within.compareTo(CATCH_UP) < 0 ? within : CATCH_UP;
    return Duration.between(arrivals.since(), now).compareTo(enough) >= 0;
  }
}
