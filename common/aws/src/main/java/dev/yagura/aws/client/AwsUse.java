package dev.yagura.aws.client;

import dev.yagura.aws.meter.Meter;
import dev.yagura.aws.meter.PriceList;
import dev.yagura.aws.pace.ApiLimits;
import dev.yagura.aws.pace.Pacer;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What all clients of a process share, over reloads: AWS sees one account, however often a
 * configuration is loaded.
 *
 * @param clock of the machine
 * @param serverTime of AWS, for those who ask for times
 * @param nanoClock counts nanoseconds
 */
public record AwsUse(
    Meter meter, Pacer pacer, Clock clock, ServerTime serverTime, LongSupplier nanoClock) {

  /** For a process that has asked nothing yet. */
  public static AwsUse fresh(Clock clock, LongSupplier nanoClock) {
    return fresh(clock, nanoClock, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
  }

  /** As {@link #fresh(Clock, LongSupplier)}, with another way to wait for one's turn. */
  public static AwsUse fresh(Clock clock, LongSupplier nanoClock, Pacer.Sleeper sleeper) {
    return new AwsUse(
        new Meter(PriceList.read(), nanoClock),
        new Pacer(ApiLimits.read(), nanoClock, sleeper),
        clock,
        new ServerTime(clock, nanoClock),
        nanoClock);
  }
}
