package dev.yagura.aws.client;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;

/**
 * The time as AWS tells it with each answer. Whoever asks for times asks by this clock: by a
 * machine whose clock is off, or is set while it runs, one would ask for periods that are long
 * gone, or still to come. It begins as the machine's, goes on by the machine's steady clock, and is
 * set when AWS has another time. For any thread.
 */
public final class ServerTime extends Clock {
  /** What the way of an answer and whole seconds may make of it. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private final Clock machine;
  private final LongSupplier nanoClock;
  // Guarded by this.
  private Instant base;
  private long baseNanos;

  /**
   * As the machine says, until AWS has said otherwise.
   *
   * @param nanoClock counts nanoseconds, and is never set
   */
  public ServerTime(Clock machine, LongSupplier nanoClock) {
    this.machine = machine;
    this.nanoClock = nanoClock;
    this.base = machine.instant();
    this.baseNanos = nanoClock.getAsLong();
  }

  /** Takes the header {@code Date} of an answer; what is no date is left alone. */
  synchronized void note(String date) {
    Instant server;
    try {
      server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return;
    }
    if (Duration.between(instant(), server).abs().compareTo(TOLERANCE) > 0) {
      base = server;
      baseNanos = nanoClock.getAsLong();
    }
  }

  /** How much this is ahead of the machine's clock; zero within half a minute. */
  public Duration ahead() {
    Duration ahead = Duration.between(machine.instant(), instant());
    return ahead.abs().compareTo(TOLERANCE) > 0 ? ahead : Duration.ZERO;
  }

  @Override
  public synchronized Instant instant() {
    return base.plusNanos(nanoClock.getAsLong() - baseNanos);
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  /**
   * Not supported: nobody shows this time to people.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the time of AWS is of no zone");
  }
}
