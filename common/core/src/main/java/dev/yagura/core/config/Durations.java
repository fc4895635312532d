package dev.yagura.core.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as an operator writes them: {@code 30s}, {@code 1m30s}, {@code 500ms}, {@code 7d}. */
final class Durations {
  static final Duration SHORTEST = Duration.ofMillis(1);
  static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?=.)(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final Pattern BARE_NUMBER = Pattern.compile("\\d+");

  private Durations() {}

  /**
   * The duration that a text says, zero included.
   *
   * @throws IllegalArgumentException if it says none; the message is for the operator
   */
  static Duration parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(
          BARE_NUMBER.matcher(text).matches()
              ? "a duration needs a unit, such as " + text + "s or " + text + "ms"
              : "must be a duration such as 30s, 1m30s, 500ms or 7d, not \"" + text + "\"");
    }
    return Duration.ofDays(number(written, 1))
        .plusHours(number(written, 2))
        .plusMinutes(number(written, 3))
        .plusSeconds(number(written, 4))
        .plusMillis(number(written, 5));
  }

  private static long number(Matcher written, int group) {
    String digits = written.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The shortest text that {@link #parse} reads as this duration, to the millisecond. */
  static String text(Duration duration) {
    String text =
        part(duration.toDaysPart(), "d")
            + part(duration.toHoursPart(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s")
            + part(duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text;
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + unit;
  }
}
