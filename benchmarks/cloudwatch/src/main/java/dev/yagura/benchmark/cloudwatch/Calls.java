package dev.yagura.benchmark.cloudwatch;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Calls of CloudWatch, as its double counted them.
 *
 * @param byOperation how many
 * @param billedMetrics for how many metrics GetMetricData is billed
 */
record Calls(SortedMap<String, Integer> byOperation, int billedMetrics) {
  private static final String BILLED = "billed";
  private static final String GET_METRIC_DATA = "GetMetricData";

  /** List price of a request, or of a metric of GetMetricData, without the free tier. */
  private static final double DOLLARS = 0.01 / 1000;

  private static final Duration MONTH = Duration.ofMinutes(43_830);

  /** As {@link #write} writes them. */
  static Calls parse(String line) {
    SortedMap<String, Integer> byOperation = new TreeMap<>();
    int billed = 0;
    for (String word : List.of(line.strip().split(" ", -1))) {
      int equals = word.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("no count: \"" + word + "\" in: " + line);
      }
      int count = Integer.parseInt(word.substring(equals + 1));
      if (word.startsWith(BILLED + "=")) {
        billed = count;
      } else {
        byOperation.put(word.substring(0, equals), count);
      }
    }
    return new Calls(byOperation, billed);
  }

  /** In one line. */
  String write() {
    StringBuilder line = new StringBuilder(BILLED + "=" + billedMetrics);
    byOperation.forEach((operation, count) -> line.append(' ').append(operation + "=" + count));
    return line.toString();
  }

  int all() {
    return byOperation.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What was added to what there was before. */
  Calls since(Calls before) {
    SortedMap<String, Integer> more = new TreeMap<>();
    byOperation.forEach(
        (operation, count) -> {
          int added = count - before.byOperation.getOrDefault(operation, 0);
          if (added != 0) {
            more.put(operation, added);
          }
        });
    return new Calls(more, billedMetrics - before.billedMetrics);
  }

  /** Those of one operation. */
  Calls only(String operation) {
    SortedMap<String, Integer> some = new TreeMap<>(byOperation);
    some.keySet().retainAll(List.of(operation));
    return new Calls(some, operation.equals(GET_METRIC_DATA) ? billedMetrics : 0);
  }

  /** What they cost a month, made once in each interval. */
  double dollarsPerMonth(Duration interval) {
    int requests = all() - byOperation.getOrDefault(GET_METRIC_DATA, 0);
    return (requests + billedMetrics) * DOLLARS * MONTH.toSeconds() / interval.toSeconds();
  }

  /** For a reader. */
  String show() {
    return byOperation.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}
