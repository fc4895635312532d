package dev.yagura.cloudfront.store;

import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.accesslog.heavy.ObjectTable;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the best objects of a window without reading all its rows: first only what an object has in
 * hours where it has much, then everything of those that can still be among the best. The result is
 * as if all had been read. Objects that have nothing in the order are never among the best.
 */
final class BestObjects {
  /** Objects that are told apart while a window is read: what bounds the memory. */
  private static final int OBJECTS_AT_MOST = 200_000;

  private static final int SUM = 0;
  private static final int HOURS = 1;

  /** How much less than an even share of the best in an hour is still read at first. */
  private static final int EVEN_SHARES = 20;

  private final HourSums sums;
  private final HourSums.Window window;
  private final Order order;
  private final int top;

  BestObjects(HourSums sums, HourSums.Window window, Order order, int top) {
    this.sums = sums;
    this.window = window;
    this.order = order;
    this.top = top;
  }

  /**
   * The best objects.
   *
   * @param counts of these and others, by {@link HourSums#key}
   * @param objects best first, by key
   * @param bound what one that is missing may have had more than it seemed, in the order
   */
  record Found(Map<String, Counts> counts, List<String> objects, long bound) {}

  /**
   * Finds them.
   *
   * @param total of the window
   */
  Found find(HourSums.Total total) throws SQLException {
    if (top == 0 || total.hours() == 0) {
      return new Found(Map.of(), List.of(), 0);
    }
    long hours = total.hours();
    long least = Math.max(1, order.of(total.counts()) / hours / top / EVEN_SHARES);
    while (true) {
      HeavyHitters read = sums.read(window, order, least, OBJECTS_AT_MOST);
      Map<String, Counts> exact = new HashMap<>(sums.of(best(read), window));
      if (least == 1) {
        return found(exact, read.bound(0));
      }
      long needed =
          exact.size() < top ? 0 : exact.values().stream().mapToLong(order::of).min().orElse(0);
      List<byte[]> rivals = rivals(read, exact, needed, least - 1, hours);
      if (needed > (least - 1) * hours && rivals.size() <= 2L * top + 100) {
        exact.putAll(sums.of(rivals, window));
        return found(exact, read.bound(0));
      }
      least = Math.max(1, Math.min(least / 8, needed / hours / 4));
    }
  }

  private List<byte[]> best(HeavyHitters read) {
    ObjectTable table = read.table();
    return IntStream.range(0, table.size())
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer row) -> -table.get(row, SUM))
                .thenComparing(table::object, Arrays::compareUnsigned))
        .limit(top)
        .map(table::object)
        .toList();
  }

  /** Those that have enough if they had so much in each hour that was not read of them. */
  private static List<byte[]> rivals(
      HeavyHitters read, Map<String, Counts> known, long needed, long unread, long hours) {
    ObjectTable table = read.table();
    List<byte[]> rivals = new ArrayList<>();
    for (int row = 0; row < table.size(); row++) {
      long most = table.get(row, SUM) + unread * (hours - table.get(row, HOURS));
      if (most >= needed && !known.containsKey(HourSums.key(table.object(row)))) {
        rivals.add(table.object(row));
      }
    }
    return rivals;
  }

  private Found found(Map<String, Counts> exact, long bound) {
    List<String> sorted =
        exact.keySet().stream()
            .sorted(
                Comparator.comparingLong((String object) -> -order.of(value(exact, object)))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(top)
            .toList();
    return new Found(Map.copyOf(exact), sorted, bound);
  }

  private static Counts value(Map<String, Counts> exact, String object) {
    return exact.getOrDefault(object, Counts.NONE);
  }
}
