package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The report for a terminal: aligned, printable ASCII only, the object last. */
public final class TableReport {
  private static final int LEAST_FOR_OBJECT = 30;

  private record Head(String title, Column column) {}

  /** From the left; {@link #DROPPED} says which go first where the terminal is narrow. */
  private static final List<Head> HEADS =
      List.of(
          new Head("REQUESTS", Column.REQUESTS),
          new Head("HITS", Column.HITS),
          new Head("MISSES", Column.MISSES),
          new Head("BYTES_FROM_MISSES", Column.BYTES_FROM_MISSES),
          new Head("BYTES", Column.BYTES),
          new Head("INCOMPLETE", Column.INCOMPLETE_DOWNLOADS),
          new Head("2XX", Column.HTTP_2XX),
          new Head("3XX", Column.HTTP_3XX),
          new Head("4XX", Column.HTTP_4XX),
          new Head("5XX", Column.HTTP_5XX));

  private static final List<Column> DROPPED =
      List.of(
          Column.HITS,
          Column.HTTP_3XX,
          Column.HTTP_2XX,
          Column.INCOMPLETE_DOWNLOADS,
          Column.HTTP_4XX,
          Column.HTTP_5XX,
          Column.BYTES,
          Column.MISSES);

  private TableReport() {}

  /**
   * Renders it.
   *
   * @param width of the terminal in columns; 0 for as wide as it gets, with every column and path
   *     whole
   * @param human numbers with units instead of all digits
   * @param unread how many files could not be read
   */
  public static String render(PopularObjects report, int width, boolean human, int unread) {
    var out = new StringBuilder(1024 + 120 * report.entries().size());
    title(out, report, unread);
    if (report.entries().isEmpty()) {
      return out.append('\n').append(nothing(report)).append('\n').toString();
    }
    List<Head> heads = new ArrayList<>(HEADS);
    List<List<String>> rows = rows(report, heads, human);
    for (int i = 0; width > 0 && i < DROPPED.size(); i++) {
      Column next = DROPPED.get(i);
      if (left(rows, width) >= LEAST_FOR_OBJECT) {
        break;
      }
      if (!report.query().order().columns().contains(next)) {
        heads.removeIf(head -> head.column() == next);
        rows = rows(report, heads, human);
      }
    }
    int forObject = width == 0 ? Integer.MAX_VALUE : Math.max(left(rows, width), 12);
    table(out.append('\n'), rows, forObject);
    if (report.bound() > 0) {
      out.append("\nMore objects were asked for than are kept: any of them may have up to ")
          .append(report.bound())
          .append(" more ")
          .append(Titles.unit(report.query().order()))
          .append(" than shown.\n");
    }
    return out.toString();
  }

  private static void title(StringBuilder out, PopularObjects report, int unread) {
    ReportQuery query = report.query();
    out.append("Popular objects of ").append(ObjectText.ascii(query.distribution()));
    report.friendlyName().ifPresent(n -> out.append(" (").append(ObjectText.ascii(n)).append(')'));
    out.append(", ")
        .append(Times.minute(query.start()))
        .append(" to ")
        .append(Times.minute(query.end()))
        .append(" UTC, by ")
        .append(Titles.lower(query.order()))
        .append('\n');
    if (unread > 0) {
      out.append("PARTIAL: ").append(unread).append(unread == 1 ? " file" : " files");
      out.append(" could not be read\n");
    }
  }

  private static String nothing(PopularObjects report) {
    return report.newestEvent().isPresent()
        ? "No request in this window."
        : "No request was found.";
  }

  private static List<List<String>> rows(PopularObjects report, List<Head> heads, boolean human) {
    List<List<String>> rows = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    titles.add("#");
    for (Head head : heads) {
      titles.add(head.title());
      if (head.column() == Column.REQUESTS) {
        titles.add("HIT%");
      }
    }
    titles.add("OBJECT");
    rows.add(titles);
    Counts listed = Counts.NONE;
    int rank = 0;
    for (PopularObjects.Entry entry : report.entries()) {
      rank++;
      listed = listed.plus(entry.counts());
      rows.add(row(rank + "", entry.counts(), heads, human, name(entry.object())));
    }
    rows.add(row("", report.totals().minus(listed), heads, human, "(all others)"));
    rows.add(row("", report.totals(), heads, human, "(total)"));
    return rows;
  }

  /** One word, so that the last field of a line is the object for every tool. */
  private static String name(String object) {
    return object.isEmpty() ? "-" : ObjectText.ascii(object).replace(" ", "%20");
  }

  private static List<String> row(
      String rank, Counts counts, List<Head> heads, boolean human, String object) {
    List<String> cells = new ArrayList<>();
    cells.add(rank);
    for (Head head : heads) {
      long value = counts.get(head.column());
      cells.add(human ? units(value, Quantity.isBytes(head.column())) : Long.toString(value));
      if (head.column() == Column.REQUESTS) {
        cells.add(
            Quantity.percent(counts.get(Column.HITS), value, 1)
                .map(BigDecimal::toPlainString)
                .orElse("-"));
      }
    }
    cells.add(object);
    return cells;
  }

  private static String units(long value, boolean bytes) {
    return bytes ? Quantity.bytes(value) : Quantity.count(value);
  }

  private static int left(List<List<String>> rows, int width) {
    int used = 0;
    for (int i = 0; i < rows.get(0).size() - 1; i++) {
      used += widest(rows, i) + 2;
    }
    return width - used;
  }

  private static int widest(List<List<String>> rows, int column) {
    int widest = 0;
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }

  private static void table(StringBuilder out, List<List<String>> rows, int forObject) {
    int last = rows.get(0).size() - 1;
    int[] widths = new int[last];
    for (int i = 0; i < last; i++) {
      widths[i] = widest(rows, i);
    }
    for (List<String> row : rows) {
      for (int i = 0; i < last; i++) {
        String cell = row.get(i);
        out.append(" ".repeat(widths[i] - cell.length())).append(cell).append("  ");
      }
      out.append(ObjectText.cut(row.get(last), forObject, "...")).append('\n');
    }
  }
}
