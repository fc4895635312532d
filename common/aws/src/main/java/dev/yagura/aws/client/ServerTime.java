package dev.yagura.aws.client;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The time as AWS tells it with each answer. A machine whose clock is off would ask for periods
 * that are long gone, or still to come, so whoever asks for times asks by this clock. For any
 * thread.
 */
public final class ServerTime extends Clock {
  /** What the way of an answer and whole seconds may make of it. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private final Clock machine;
  private volatile Duration ahead = Duration.ZERO;

  /** As the machine says, until AWS has said otherwise. */
  public ServerTime(Clock machine) {
    this.machine = machine;
  }

  /** Takes the header {@code Date} of an answer; what is no date is left alone. */
  void note(String date) {
    Instant server;
    try {
      server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return;
    }
    Duration seen = Duration.between(machine.instant(), server);
    ahead = seen.abs().compareTo(TOLERANCE) > 0 ? seen : Duration.ZERO;
  }

  /** How much AWS is ahead of this machine; zero within half a minute. */
  public Duration ahead() {
    return ahead;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead);
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
