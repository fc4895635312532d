package dev.yagura.cloudfront.report;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A value against the one before.
 *
 * @param percent of the one before, rounded; empty if that was 0
 */
record Change(long now, long before, Optional<BigDecimal> percent) {
  /** From here on a factor says more than a percentage. */
  private static final BigDecimal TENFOLD = BigDecimal.valueOf(900);

  static Change of(long now, long before) {
    return new Change(now, before, Quantity.percent(now - before, before, 0));
  }

  /** An arrow and how much. */
  String html() {
    if (now == before) {
      return "<span class=\"dim\">unchanged</span>";
    }
    if (percent.isEmpty()) {
      return "<span class=\"new\">new</span>";
    }
    BigDecimal change = percent.get();
    if (change.signum() == 0) {
      return "<span class=\"dim\">&plusmn;0&nbsp;%</span>";
    }
    if (change.compareTo(TENFOLD) >= 0) {
      return "<span class=\"up\">&#9650;&nbsp;&times;" + Quantity.count(now / before) + "</span>";
    }
    return change.signum() > 0
        ? "<span class=\"up\">&#9650;&nbsp;" + change + "&nbsp;%</span>"
        : "<span class=\"down\">&#9660;&nbsp;" + change.negate() + "&nbsp;%</span>";
  }
}
