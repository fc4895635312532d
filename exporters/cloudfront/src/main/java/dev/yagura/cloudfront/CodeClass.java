package dev.yagura.cloudfront;

import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import java.util.Map;
import java.util.TreeMap;

/** Requests by the class of their status, a row a class. */
record CodeClass(String distribution, String object, String codeClass, long count) {
  private static final Map<String, Column> COLUMNS =
      new TreeMap<>(
          Map.of(
              "2xx", Column.HTTP_2XX,
              "3xx", Column.HTTP_3XX,
              "4xx", Column.HTTP_4XX,
              "5xx", Column.HTTP_5XX));

  static Iterable<CodeClass> of(String distribution, String object, Counts counts) {
    return COLUMNS.entrySet().stream()
        .map(one -> new CodeClass(distribution, object, one.getKey(), counts.get(one.getValue())))
        .toList();
  }
}
