package dev.yagura.cloudfront.reference;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts log files by the definitions of AWS's report and those of the issue, as plainly as can be:
 * a map and split. Shares nothing with what it is compared with.
 */
final class ReferenceCounter {
  private static final Set<String> KNOWN_TYPES =
      Set.of(
          "Hit",
          "RefreshHit",
          "Miss",
          "LimitExceeded",
          "CapacityExceeded",
          "Error",
          "Redirect",
          "LambdaExecutionError",
          "LambdaGeneratedResponse",
          "FunctionGeneratedResponse");

  private static final Instant EARLIEST = Instant.parse("2008-01-01T00:00:00Z");
  private static final String SECONDS = "[0-9]{1,15}(\\.[0-9]+)?";

  private final List<String> fields;
  private final char delimiter;
  private final ReferenceNaming naming;
  private final Set<String> needed;
  private final Instant latest;
  private final Set<String> unknownTypes = new HashSet<>();

  /** By hour since 1970 and object: the ten columns in the order of the report's definition. */
  final Map<Long, Map<String, List<Long>>> hours = new TreeMap<>();

  final Map<String, Long> results = new TreeMap<>();
  final Map<String, Long> responseResults = new TreeMap<>();
  final Map<String, Long> malformed = new TreeMap<>();
  final Map<String, Long> missing = new TreeMap<>();
  final Map<String, List<BigDecimal>> timesTaken = new TreeMap<>();
  final Map<String, List<BigDecimal>> firstBytes = new TreeMap<>();
  long lines;
  long bytes;
  long newest;

  /** Counts files without a header as if they had these fields. */
  ReferenceCounter(List<String> fields, char delimiter, ReferenceNaming naming, Instant latest) {
    this.fields = fields;
    this.delimiter = delimiter;
    this.naming = naming;
    this.latest = latest;
    this.needed =
        new HashSet<>(
            Set.of(
                "cs-uri-stem",
                "sc-status",
                "sc-bytes",
                "x-edge-result-type",
                "x-edge-response-result-type",
                "date",
                "time",
                "timestamp",
                "timestamp(ms)",
                "time-taken",
                "time-to-first-byte"));
    if (!naming.queryParameters().isEmpty()) {
      needed.add("cs-uri-query");
    }
  }

  /** Adds a file. */
  void add(byte[] stored) throws IOException {
    bytes += ReferenceRows.unpacked(stored).length;
    for (ReferenceRows.Row row : ReferenceRows.of(stored, fields, delimiter, needed)) {
      lines++;
      String flaw = row.flaw().isEmpty() ? count(row.columns()) : row.flaw();
      if (!flaw.isEmpty()) {
        malformed.merge(flaw, 1L, Long::sum);
      }
    }
  }

  private String count(Map<String, String> row) {
    String stem = row.get("cs-uri-stem");
    String status = row.get("sc-status");
    String size = row.get("sc-bytes");
    if (stem == null || status == null || size == null) {
      return "too_few_columns";
    }
    Instant time = time(row);
    if (time.isBefore(EARLIEST) || time.isAfter(latest)) {
      return "bad_time";
    }
    String taken = row.getOrDefault("time-taken", "-");
    String firstByte = row.getOrDefault("time-to-first-byte", "-");
    if (!status.matches("-?|[0-9]{3}") || !size.matches("-?|[0-9]{1,15}")) {
      return "bad_number";
    }
    if (!taken.matches("-?|" + SECONDS)) {
      missing.merge("time-taken", 1L, Long::sum);
      taken = "-";
    }
    if (!firstByte.matches("-?|" + SECONDS)) {
      missing.merge("time-to-first-byte", 1L, Long::sum);
      firstByte = "-";
    }
    newest = Math.max(newest, time.getEpochSecond());
    String result = row.getOrDefault("x-edge-result-type", "-");
    String response = row.getOrDefault("x-edge-response-result-type", "-");
    for (String column : List.of("x-edge-result-type", "x-edge-response-result-type")) {
      if (!row.containsKey(column)) {
        missing.merge(column, 1L, Long::sum);
      }
    }
    String type = countType(result, results);
    countType(response, responseResults);
    if (!type.isEmpty()) {
      observe(taken, type, timesTaken);
      observe(firstByte, type, firstBytes);
    }
    String object = naming.name(stem, row.getOrDefault("cs-uri-query", "-"));
    Map<String, List<Long>> hour =
        hours.computeIfAbsent(time.getEpochSecond() / 3600, any -> new TreeMap<>());
    hour.merge(object, columns(result, response, number(status), number(size)), this::sum);
    return "";
  }

  private static List<Long> columns(String result, String response, long status, long size) {
    return List.of(
        1L,
        response.equals("Hit") ? 1L : 0,
        response.equals("Miss") ? 1L : 0,
        result.equals("Miss") ? size : 0,
        size,
        status == 200 && result.equals("Error") ? 1L : 0,
        status >= 200 && status <= 299 ? 1L : 0,
        status >= 300 && status <= 399 ? 1L : 0,
        status >= 400 && status <= 499 ? 1L : 0,
        status >= 500 && status <= 599 ? 1L : 0);
  }

  private List<Long> sum(List<Long> one, List<Long> other) {
    List<Long> sum = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sum.add(one.get(i) + other.get(i));
    }
    return sum;
  }

  /** The type under which it was counted; empty where there is none. */
  private String countType(String type, Map<String, Long> into) {
    if (type.isEmpty() || type.equals("-")) {
      return "";
    }
    if (!KNOWN_TYPES.contains(type)
        && unknownTypes.size() < 32
        && type.matches("[A-Z][A-Za-z0-9]{0,39}")) {
      unknownTypes.add(type);
    }
    String name = KNOWN_TYPES.contains(type) || unknownTypes.contains(type) ? type : "other";
    into.merge(name, 1L, Long::sum);
    return name;
  }

  private static void observe(String seconds, String type, Map<String, List<BigDecimal>> into) {
    if (!seconds.isEmpty() && !seconds.equals("-")) {
      into.computeIfAbsent(type, any -> new ArrayList<>()).add(new BigDecimal(seconds));
    }
  }

  private static long number(String text) {
    return text.isEmpty() || text.equals("-") ? 0 : Long.parseLong(text);
  }

  /** When it was; {@link Instant#MIN} if that is not told. */
  private static Instant time(Map<String, String> row) {
    try {
      if (row.containsKey("date") && row.containsKey("time")) {
        return Instant.parse(row.get("date") + "T" + row.get("time") + "Z");
      }
      String seconds = row.get("timestamp");
      if (seconds != null) {
        return Instant.ofEpochSecond(new BigDecimal(seconds).longValue());
      }
      return Instant.ofEpochMilli(Long.parseLong(row.getOrDefault("timestamp(ms)", "none")));
    } catch (DateTimeException | NumberFormatException e) {
      return Instant.MIN;
    }
  }
}
