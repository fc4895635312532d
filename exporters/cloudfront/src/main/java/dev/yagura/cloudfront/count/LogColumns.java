package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.format.Wanted;
import java.util.ArrayList;
import java.util.List;

/** The columns of CloudFront's logs that are counted, by the names that all formats give them. */
final class LogColumns {
  static final int STEM = 0;
  static final int STATUS = 1;
  static final int BYTES = 2;
  static final int RESULT = 3;
  static final int RESPONSE_RESULT = 4;
  static final int DATE = 5;
  static final int TIME = 6;
  static final int TIMESTAMP = 7;
  static final int TIMESTAMP_MILLIS = 8;
  static final int QUERY = 9;
  static final int TIME_TAKEN = 10;
  static final int FIRST_BYTE = 11;

  static final List<Wanted> ALL =
      List.of(
          Wanted.column("cs-uri-stem"),
          Wanted.column("sc-status"),
          Wanted.column("sc-bytes"),
          Wanted.column("x-edge-result-type"),
          Wanted.column("x-edge-response-result-type"),
          Wanted.column("date"),
          Wanted.column("time"),
          Wanted.column("timestamp"),
          Wanted.column("timestamp(ms)"),
          Wanted.column("cs-uri-query"),
          Wanted.column("time-taken"),
          Wanted.column("time-to-first-byte"));

  private LogColumns() {}

  /** Those that are read; columns behind the last one of these cost nothing. */
  static List<Wanted> wanted(boolean query, boolean latency) {
    List<Wanted> wanted = new ArrayList<>(ALL);
    Wanted none = new Wanted(List.of());
    if (!query) {
      wanted.set(QUERY, none);
    }
    if (!latency) {
      wanted.set(TIME_TAKEN, none);
      wanted.set(FIRST_BYTE, none);
    }
    return wanted;
  }
}
