package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.format.Bytes;
import dev.yagura.accesslog.format.Line;
import java.time.DateTimeException;
import java.time.LocalDate;

/** When a request was, from whichever columns say it; remembers the day it saw last. */
final class EventTime {
  private static final int DAY = 86_400;

  /** 2008-01-01; CloudFront began in that year's November. */
  private static final long EARLIEST = 1_199_145_600L;

  private final long latest;
  private long knownDate;
  private int knownDay;
  private long knownMidnight = -1;

  /**
   * Reads times.
   *
   * @param latest that can be true, in seconds since 1970
   */
  EventTime(long latest) {
    this.latest = latest;
  }

  /** Seconds since 1970; -1 if the line does not tell or cannot be right. */
  long seconds(Line line) {
    long seconds;
    if (line.has(LogColumns.DATE) && line.has(LogColumns.TIME)) {
      seconds = fromDateAndTime(line);
    } else if (line.has(LogColumns.TIMESTAMP)) {
      seconds = fromTimestamp(line, LogColumns.TIMESTAMP);
    } else if (line.has(LogColumns.TIMESTAMP_MILLIS)) {
      seconds = fromTimestamp(line, LogColumns.TIMESTAMP_MILLIS) / 1000;
    } else {
      return -1;
    }
    return seconds < EARLIEST || seconds > latest ? -1 : seconds;
  }

  private static long fromTimestamp(Line line, int column) {
    long micros = Digits.micros(line.buffer(), line.start(column), line.end(column));
    return micros < 0 ? -1 : micros / 1_000_000;
  }

  private long fromDateAndTime(Line line) {
    int date = line.start(LogColumns.DATE);
    int time = line.start(LogColumns.TIME);
    byte[] bytes = line.buffer();
    if (line.end(LogColumns.DATE) - date != 10 || line.end(LogColumns.TIME) - time != 8) {
      return -1;
    }
    long yearAndMonth = Bytes.eight(bytes, date);
    int day = (bytes[date + 8] << 8) | bytes[date + 9];
    if (yearAndMonth != knownDate || day != knownDay) {
      knownDate = yearAndMonth;
      knownDay = day;
      knownMidnight = midnight(bytes, date);
    }
    int hour = Digits.two(bytes, time);
    int minute = Digits.two(bytes, time + 3);
    int second = Digits.two(bytes, time + 6);
    boolean valid =
        knownMidnight >= 0
            && bytes[time + 2] == ':'
            && bytes[time + 5] == ':'
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second <= 60;
    return valid ? knownMidnight + hour * 3600L + minute * 60L + second : -1;
  }

  private static long midnight(byte[] bytes, int from) {
    long year = Digits.whole(bytes, from, from + 4);
    int month = Digits.two(bytes, from + 5);
    int day = Digits.two(bytes, from + 8);
    if (year < 0 || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
      return -1;
    }
    try {
      return LocalDate.of((int) year, month, day).toEpochDay() * DAY;
    } catch (DateTimeException e) {
      return -1;
    }
  }
}
