package dev.yagura.cloudfront.report;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Instants as they are written and read, in UTC, on full hours. */
public final class Times {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2100;
  private static final int SHOWN = 40;

  private Times() {}

  /**
   * The beginning of a window: a date is its first hour, an instant the hour it is in.
   *
   * @throws IllegalArgumentException with what it must look like
   */
  public static Instant start(String text) {
    return parse(text, false).truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * The end of a window, not included: a date is included whole, of an instant the hour it is in.
   *
   * @throws IllegalArgumentException with what it must look like
   */
  public static Instant end(String text) {
    return hourAtOrAfter(parse(text, true));
  }

  /** The full hour that is not before. */
  public static Instant hourAtOrAfter(Instant instant) {
    Instant hour = instant.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(instant) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }

  private static Instant parse(String text, boolean wholeDay) {
    try {
      LocalDateTime time;
      if (text.length() <= "2026-11-22".length()) {
        time = LocalDate.parse(text).plusDays(wholeDay ? 1 : 0).atStartOfDay();
      } else if (text.matches(".*(Z|z|[+-]\\d\\d(:?\\d\\d)?)") && text.indexOf('T') > 0) {
        time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
      } else {
        time = LocalDateTime.parse(text);
      }
      if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
        return time.toInstant(ZoneOffset.UTC);
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "must be a date such as 2026-11-22 or an instant such as 2026-11-22T10:00:00Z, not \""
            + ObjectText.cut(text, SHOWN, "...")
            + "\"");
  }

  /** {@code 2026-11-22T10:00:00Z}; by hand, for formatters are slow to start. */
  static String iso(Instant instant) {
    return minute(instant, 'T').append(':').append(two(second(instant))).append('Z').toString();
  }

  /** {@code 2026-11-22 10:00}. */
  static String minute(Instant instant) {
    return minute(instant, ' ').toString();
  }

  /** {@code 2026-11-22T10:00}, as a field of a form has it. */
  static String field(Instant instant) {
    return minute(instant, 'T').toString();
  }

  /** {@code 3 h 20 min}, {@code 12 days}. */
  static String span(Duration duration) {
    long minutes = Math.max(0, duration.toMinutes());
    if (minutes < 120) {
      return minutes + " min";
    }
    return minutes < 2880 ? minutes / 60 + " h" : minutes / 1440 + " days";
  }

  private static StringBuilder minute(Instant instant, char between) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    return new StringBuilder(20)
        .append(time.toLocalDate())
        .append(between)
        .append(two(time.getHour()))
        .append(':')
        .append(two(time.getMinute()));
  }

  private static int second(Instant instant) {
    return (int) Math.floorMod(instant.getEpochSecond(), 60L);
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
