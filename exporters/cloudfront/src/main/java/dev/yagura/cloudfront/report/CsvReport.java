package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The report as the console's CSV: rows of a name and a value, a row of columns, a row an object.
 * RFC 4180: UTF-8, CRLF, quotes where they are needed.
 *
 * <p>A text that a spreadsheet would run as a formula gets an apostrophe before it, as does one
 * that already begins with apostrophes before such a text; to take one off gives the text back. A
 * path begins with a slash, so this happens only to what was cut off or rewritten.
 */
public final class CsvReport {
  private static final String END = "\r\n";
  private static final String NO_VALUE = "-";

  /** What spreadsheets take for the beginning of a formula; full width counts too. */
  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final String COLUMNS =
      "DistributionID,FriendlyName,Object,RequestCount,HitCount,MissCount,HitCountPct,"
          + "BytesFromMisses,TotalBytes,IncompleteDownloadCount,HTTP2xx,HTTP3xx,HTTP4xx,HTTP5xx";

  private CsvReport() {}

  /**
   * Renders it.
   *
   * @param unread how many files could not be read; marked in the row {@code Report} unless 0, as
   *     is a bound
   */
  public static String render(PopularObjects report, int unread) {
    var out = new StringBuilder(1024 + 160 * report.entries().size());
    ReportQuery query = report.query();
    row(out, "Version", "1.0");
    row(out, "Report", "Popular Objects" + reservations(report.bound(), unread));
    row(out, "DistributionID", query.distribution());
    row(out, "StartDateUTC", Times.iso(query.start()));
    row(out, "EndDateUTC", Times.iso(query.end()));
    row(out, "GeneratedTimeUTC", Times.iso(report.generated()));
    out.append(COLUMNS).append(END);
    String friendlyName = report.friendlyName().orElse("");
    for (PopularObjects.Entry entry : report.entries()) {
      text(out, query.distribution()).append(',');
      text(out, friendlyName).append(',');
      text(out, entry.object()).append(',');
      counts(out, entry.counts());
      out.append(END);
    }
    return out.toString();
  }

  /** The console's report has no row for what it does not know. */
  private static String reservations(long bound, int unread) {
    List<String> all = new ArrayList<>();
    if (unread > 0) {
      all.add("partial");
    }
    if (bound > 0) {
      all.add("an object may have up to " + bound + " more");
    }
    return all.isEmpty() ? "" : " (" + String.join("; ", all) + ")";
  }

  private static void counts(StringBuilder out, Counts counts) {
    out.append(counts.get(Column.REQUESTS))
        .append(',')
        .append(counts.get(Column.HITS))
        .append(',')
        .append(counts.get(Column.MISSES))
        .append(',')
        .append(Quantity.hitPercent(counts).map(BigDecimal::toPlainString).orElse(NO_VALUE))
        .append(',')
        .append(counts.get(Column.BYTES_FROM_MISSES))
        .append(',')
        .append(counts.get(Column.BYTES))
        .append(',')
        .append(counts.get(Column.INCOMPLETE_DOWNLOADS))
        .append(',')
        .append(counts.get(Column.HTTP_2XX))
        .append(',')
        .append(counts.get(Column.HTTP_3XX))
        .append(',')
        .append(counts.get(Column.HTTP_4XX))
        .append(',')
        .append(counts.get(Column.HTTP_5XX));
  }

  private static void row(StringBuilder out, String name, String value) {
    text(out.append(name).append(','), value).append(END);
  }

  private static StringBuilder text(StringBuilder out, String raw) {
    String text = isFormula(raw) ? "'" + raw : raw;
    text = ObjectText.wellFormed(text);
    if (!needsQuotes(text)) {
      return out.append(text);
    }
    return out.append('"').append(text.replace("\"", "\"\"")).append('"');
  }

  private static boolean isFormula(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) == '\'') {
      first++;
    }
    return first < text.length() && FORMULA.indexOf(text.charAt(first)) >= 0;
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\r' || c == '\n') {
        return true;
      }
    }
    return !text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ');
  }
}
