package dev.yagura.accesslog.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What keys of a bucket say of their time, such as {@code E1.2026-11-23-07.x.gz}, {@code
 * 2026/11/23/07/x.gz} or {@code year=2026/month=11/day=23/x.gz}: which are in a window, and where
 * in the order of keys the next may be that is.
 *
 * <p>The first date of a key counts. Times are UTC.
 */
final class DatedKeys {
  private static final Pattern DATE =
      Pattern.compile(
          "(?<![0-9])(?<year>[0-9]{4})"
              + "(?:(?<sep>[-/])(?<month>[0-9]{2})\\k<sep>(?<day>[0-9]{2})(?![0-9])"
              + "(?:\\k<sep>(?<hour>[0-9]{2})(?![0-9]))?"
              + "|/month=(?<hmonth>[0-9]{2})/day=(?<hday>[0-9]{2})(?![0-9])"
              + "(?:/hour=(?<hhour>[0-9]{2})(?![0-9]))?)");

  /**
   * A date in a key.
   *
   * @param before what stands before the year
   * @param afterYear what separates year and month
   * @param afterMonth what separates month and day
   * @param end when what it names is over
   */
  private record Dated(
      String before, String afterYear, String afterMonth, LocalDate day, Instant end) {}

  private final Instant from;
  private final LocalDate firstDay;

  /** A window that begins at this instant and does not end. */
  DatedKeys(Instant from) {
    this.from = from;
    firstDay = LocalDate.ofInstant(from, ZoneOffset.UTC);
  }

  /** Whether the key is in the window, by its date or, if it has none, by when it was written. */
  boolean isWanted(String key, Instant modified) {
    return dateOf(key).map(dated -> dated.end().isAfter(from)).orElse(!modified.isBefore(from));
  }

  /**
   * A text to go on listing after, greater than this key: what is skipped continues what stands
   * before the key's date with an old year and the same separator, and is before the window. Empty
   * if the key has no date, or one that is not a whole day before the window.
   */
  Optional<String> next(String key) {
    return dateOf(key)
        .filter(dated -> dated.day().isBefore(firstDay))
        .map(this::target)
        .map(DatedKeys::justBefore)
        .filter(target -> compare(target, key) > 0);
  }

  private String target(Dated old) {
    if (old.day().getYear() < firstDay.getYear()) {
      // Beside the folder of that year others may stand, in another spelling.
      char behind = (char) (old.afterYear().charAt(0) + 1);
      return old.before() + year(old.day()) + behind;
    }
    // As ISO 8601 writes it: 2026-11-23.
    String day = firstDay.toString();
    return old.before()
        + year(firstDay)
        + old.afterYear()
        + day.substring(5, 7)
        + old.afterMonth()
        + day.substring(8);
  }

  private static String year(LocalDate day) {
    return day.toString().substring(0, 4);
  }

  /** Close before a text, after all that matters: listing goes on behind a text, not at it. */
  private static String justBefore(String text) {
    int last = text.length() - 1;
    return text.substring(0, last) + (char) (text.charAt(last) - 1) + "~";
  }

  /** The order in which a bucket lists: by the bytes of UTF-8. */
  static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Dated> dateOf(String key) {
    Matcher matcher = DATE.matcher(key);
    while (matcher.find()) {
      Optional<Dated> dated = dated(key, matcher);
      if (dated.isPresent()) {
        return dated;
      }
    }
    return Optional.empty();
  }

  private static Optional<Dated> dated(String key, Matcher found) {
    boolean hive = found.group("sep") == null;
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(found.group("year")),
              Integer.parseInt(found.group(hive ? "hmonth" : "month")),
              Integer.parseInt(found.group(hive ? "hday" : "day")));
      String hour = found.group(hive ? "hhour" : "hour");
      Instant start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
      boolean hourly = hour != null && Integer.parseInt(hour) < 24;
      Instant end =
          hourly
              ? start.plus(Integer.parseInt(hour) + 1L, ChronoUnit.HOURS)
              : start.plus(1, ChronoUnit.DAYS);
      String sep = hive ? "/month=" : found.group("sep");
      return Optional.of(
          new Dated(key.substring(0, found.start("year")), sep, hive ? "/day=" : sep, day, end));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
