package dev.yagura.cloudfront.count;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** By what objects are ranked. */
public enum Order {
  REQUESTS(Column.REQUESTS),
  BYTES_FROM_MISSES(Column.BYTES_FROM_MISSES),
  MISSES(Column.MISSES),
  /** Answers with 4xx or 5xx. */
  ERRORS(Column.HTTP_4XX, Column.HTTP_5XX),
  BYTES(Column.BYTES),
  HITS(Column.HITS),
  INCOMPLETE_DOWNLOADS(Column.INCOMPLETE_DOWNLOADS),
  HTTP_2XX(Column.HTTP_2XX),
  HTTP_3XX(Column.HTTP_3XX),
  HTTP_4XX(Column.HTTP_4XX),
  HTTP_5XX(Column.HTTP_5XX);

  /** Those whose bounds are kept; every other order is bounded by one of them. */
  public static final List<Order> WEIGHTS =
      List.of(REQUESTS, BYTES_FROM_MISSES, MISSES, ERRORS, BYTES);

  private final Column column;
  private final @Nullable Column second;

  Order(Column column) {
    this(column, null);
  }

  Order(Column column, @Nullable Column second) {
    this.column = column;
    this.second = second;
  }

  /** The columns whose sum it is. */
  public List<Column> columns() {
    return second == null ? List.of(column) : List.of(column, second);
  }

  /** What an object with these counts has in this order. */
  public long of(Counts counts) {
    return counts.get(column) + (second == null ? 0 : counts.get(second));
  }

  /** The index in {@link #WEIGHTS} of the smallest weight that is never less than this order. */
  public int weight() {
    return switch (this) {
      case REQUESTS, HITS, INCOMPLETE_DOWNLOADS, HTTP_2XX, HTTP_3XX -> 0;
      case BYTES_FROM_MISSES -> 1;
      case MISSES -> 2;
      case ERRORS, HTTP_4XX, HTTP_5XX -> 3;
      case BYTES -> 4;
    };
  }

  /** As in labels, the configuration and queries: {@code bytes_from_misses}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a label; a hyphen does for an underscore.
   *
   * @throws IllegalArgumentException with the labels there are
   */
  public static Order parse(String text) {
    return parse(text, List.of(values()));
  }

  /**
   * Reads the label of one of these.
   *
   * @throws IllegalArgumentException with the labels there are
   */
  public static Order parse(String text, List<Order> known) {
    String wanted = text.replace('-', '_').toLowerCase(Locale.ROOT);
    for (Order order : known) {
      if (order.label().equals(wanted)) {
        return order;
      }
    }
    throw new IllegalArgumentException(
        "must be one of "
            + String.join(", ", known.stream().map(Order::label).toList())
            + ", not \""
            + text
            + "\"");
  }
}
