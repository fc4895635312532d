package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Order;
import java.util.Locale;

/** Orders in words. */
final class Titles {
  private Titles() {}

  static String of(Order order) {
    return switch (order) {
      case REQUESTS -> "Requests";
      case BYTES_FROM_MISSES -> "Bytes from misses";
      case MISSES -> "Misses";
      case ERRORS -> "Errors (4xx and 5xx)";
      case BYTES -> "Bytes";
      case HITS -> "Hits";
      case INCOMPLETE_DOWNLOADS -> "Incomplete downloads";
      case HTTP_2XX -> "2xx";
      case HTTP_3XX -> "3xx";
      case HTTP_4XX -> "4xx";
      case HTTP_5XX -> "5xx";
    };
  }

  static String lower(Order order) {
    return of(order).toLowerCase(Locale.ROOT);
  }

  /** What is counted, behind a number. */
  static String unit(Order order) {
    return switch (order) {
      case ERRORS -> "errors";
      case HTTP_2XX, HTTP_3XX, HTTP_4XX, HTTP_5XX -> "answers with " + of(order);
      default -> lower(order);
    };
  }
}
