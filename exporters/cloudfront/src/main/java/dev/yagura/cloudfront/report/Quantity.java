package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Numbers, for machines with one way of rounding and for people with units. */
public final class Quantity {
  private static final String[] BYTES = {" B", " kB", " MB", " GB", " TB", " PB", " EB"};
  private static final String[] PLAIN = {"", " k", " M", " G", " T", " P", " E"};

  /** Below this, people read all digits. */
  private static final long LONG_NUMBER = 1_000_000;

  private Quantity() {}

  /** Hits of 100 requests, two decimals, half up; empty without requests. */
  static Optional<BigDecimal> hitPercent(Counts counts) {
    return percent(counts.get(Column.HITS), counts.get(Column.REQUESTS), 2);
  }

  /** A part of a hundred, half up; empty if the whole is nothing. */
  static Optional<BigDecimal> percent(long part, long whole, int decimals) {
    if (whole <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        BigDecimal.valueOf(part)
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(whole), decimals, RoundingMode.HALF_UP));
  }

  static boolean isBytes(Column column) {
    return column == Column.BYTES || column == Column.BYTES_FROM_MISSES;
  }

  static boolean isBytes(Order order) {
    return isBytes(order.columns().get(0));
  }

  /** Decimal units, as bills have them: {@code 1.2 GB}. */
  public static String bytes(long value) {
    return scaled(value, BYTES);
  }

  /** Decimal units: {@code 1.2 M}. */
  public static String count(long value) {
    return scaled(value, PLAIN);
  }

  /** All digits in groups while one can take them in, units above. */
  static String readable(long value, boolean bytes) {
    if (bytes) {
      return bytes(value);
    }
    return value < LONG_NUMBER ? grouped(value) : count(value);
  }

  /** {@code 1,234,567}. */
  static String grouped(long value) {
    var out = new StringBuilder().append(value);
    int first = value < 0 ? 1 : 0;
    for (int i = out.length() - 3; i > first; i -= 3) {
      out.insert(i, ',');
    }
    return out.toString();
  }

  private static String scaled(long value, String[] units) {
    if (value < 1000) {
      return value + units[0];
    }
    int unit = 0;
    long divisor = 1;
    while (unit + 1 < units.length && value / divisor >= 1000) {
      divisor *= 1000;
      unit++;
    }
    BigDecimal shown = rounded(value, divisor);
    // 999.96 kB is 1.0 MB, not 1000 kB.
    if (shown.compareTo(BigDecimal.valueOf(1000)) >= 0 && unit + 1 < units.length) {
      divisor *= 1000;
      unit++;
      shown = rounded(value, divisor);
    }
    return shown.toPlainString() + units[unit];
  }

  private static BigDecimal rounded(long value, long divisor) {
    int decimals = value / divisor < 100 ? 1 : 0;
    return BigDecimal.valueOf(value)
        .divide(BigDecimal.valueOf(divisor), decimals, RoundingMode.HALF_UP);
  }
}
